import type { Section } from '../dictionary'
import type { devices as zh } from '../zh-CN/devices'

export const devices: Section<typeof zh> = {
  'device.bar': 'Show controls',
  'device.flip': 'Flip',
  'device.flipFront': 'Switch to the front camera',
  'device.flipBack': 'Switch to the back camera',
  'device.mic': 'Mic',
  'device.mute': 'Turn the microphone off',
  'device.unmute': 'Turn the microphone on',
  'device.camera': 'Camera',
  'device.cameraOff': 'Turn the camera off',
  'device.cameraOn': 'Turn the camera on',
  'device.quality': 'Quality',
  'device.qualityLabel': 'Quality, now {name}',
  'device.beauty': 'Beauty',
  'device.beautyLabel': 'Open the beauty settings',
  'device.soundOn': 'Turn the sound on',
  'device.soundOff': 'Turn the sound off',

  'beauty.title': 'Beauty',
  'beauty.smooth': 'Smooth',
  'beauty.white': 'Brighten',
  'beauty.level': '{name}, level {n} of 9',
  'beauty.off': '{name}, off',

  'quality.title': 'Quality',
  'quality.SD': 'SD',
  'quality.HD': 'HD',
  'quality.FHD': 'FHD',
  'quality.SD.hint': 'Saves data, fine on weak networks',
  'quality.HD.hint': 'A good picture that stays smooth',
  'quality.FHD.hint': 'The sharpest, for a steady network',
  'quality.selected': '{name}, selected',
}
