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
  'permission.check': 'Done, continue',
}
