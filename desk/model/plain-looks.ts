import type { Publisher } from '../../miniprogram/stores/media/publisher'

/** A phone begins with a softened face; a page without that knob shows what the camera sees. */
export function plainLooks(publisher: Publisher): Publisher {
  publisher.setBeauty(0)
  publisher.setWhiteness(0)
  return publisher
}
