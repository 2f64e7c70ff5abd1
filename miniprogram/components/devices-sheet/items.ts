import { type Locale, text } from '../../locales/index'
import type { Publisher } from '../../stores/media/publisher'

export type DeviceItem = 'torch' | 'self-mirror' | 'mirror' | 'quality' | 'filter' | 'sound' | 'still'

/** One thing in the sheet: something that is on or off, or something that opens. */
export interface Item {
  id: DeviceItem
  icon: string
  name: string
  label: string
  on: boolean
}

const ICONS: Record<DeviceItem, string> = {
  torch: 'torch',
  'self-mirror': 'mirror',
  mirror: 'mirror',
  quality: 'quality',
  filter: 'filter',
  sound: 'music',
  still: 'picture',
}

/** What there is beside the first row; what this client or this camera lacks is left out (P47). */
export function itemsOf(
  lang: Locale,
  { looks, lens, music, facing, cameraOn, pureAudio, mode, picture }: Publisher,
): Item[] {
  const item = (id: DeviceItem, name: string, label: string, on = false): Item => ({
    id,
    icon: ICONS[id],
    name,
    label,
    on,
  })
  const toggle = (id: 'torch' | 'self-mirror' | 'mirror', on: boolean) => {
    const name = text(lang, `device.${id}`)
    return item(id, name, text(lang, on ? 'device.isOn' : 'device.isOff', { name }), on)
  }
  const plain = (id: 'filter' | 'sound' | 'still') => {
    const name = text(lang, `device.${id}`)
    return item(id, name, name, id === 'sound' && music.current !== null)
  }
  const quality = text(lang, `quality.${mode}`)
  const sound = music.offered ? [plain('sound')] : []
  // A show of voice alone has no picture to set up.
  if (pureAudio) return sound
  return [
    ...(lens.canTorch && cameraOn && facing === 'back' ? [toggle('torch', lens.torch)] : []),
    toggle('self-mirror', looks.selfMirrored),
    toggle('mirror', looks.othersMirrored),
    // A call has its own.
    ...(picture ? [] : [item('quality', quality, text(lang, 'device.qualityLabel', { name: quality }))]),
    plain('filter'),
    ...sound,
    ...(lens.canShoot && cameraOn ? [plain('still')] : []),
  ]
}
