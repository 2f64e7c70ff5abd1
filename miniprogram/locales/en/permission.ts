import type { Section } from '../dictionary'
import type { permission as zh } from '../zh-CN/permission'

export const permission: Section<typeof zh> = {
  'permission.title': 'Allow camera and microphone',
  'permission.body': 'Viewers can see and hear you once both are on.',
  'permission.privacy': 'Privacy notice',
  'permission.privacyHint': 'Please read and accept the privacy notice before using the camera and microphone.',
  'permission.microphone': 'Microphone',
  'permission.camera': 'Camera',
  'permission.granted': '{name}, allowed',
  'permission.denied': '{name}, not allowed',
  'permission.agree': 'Agree and continue',
  'permission.settings': 'Open the settings',
  'permission.operator': 'For the operator of this mini program',
  'permission.step': 'Step {n}: {step}',
  'permission.recheck': 'Check again',
  'permission.later': 'We check again when you come back.',
  'permission.account.1':
    'Use a business account in a category that may go live, such as “Social – Live” or “Education – Online courses”.',
  'permission.account.2':
    'On mp.weixin.qq.com, under Development → API settings, turn on live playback (live-player) and live recording (live-pusher).',
  'permission.account.3': 'Delete this mini program from WeChat, then open it again.',
  'permission.library.1': 'Update WeChat to the latest version in your app store.',
  'permission.library.2': 'Quit WeChat completely, then come back.',
  'permission.undeclared.1': 'On mp.weixin.qq.com, open Settings → Service content → Privacy notice.',
  'permission.undeclared.2': 'Declare what camera and microphone are used for, submit, and wait until it is in force.',
  'permission.check': 'Done, continue',
}
