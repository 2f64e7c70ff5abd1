export const permission = {
  'permission.title': '开播需要摄像头和麦克风',
  'permission.body': '两项都打开后，观众才能看到你、听到你。',
  'permission.privacy': '同意隐私指引',
  'permission.privacyHint': '使用摄像头和麦克风前，请先阅读并同意隐私指引。',
  'permission.microphone': '麦克风',
  'permission.camera': '摄像头',
  'permission.granted': '{name}，已打开',
  'permission.denied': '{name}，未打开',
  'permission.agree': '同意并继续',
  'permission.settings': '去设置里打开',
  'permission.check': '已经打开，继续',
} as const
