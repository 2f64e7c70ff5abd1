import type { PhoneCore } from './wx/core'
import { system } from './wx/system'

/**
 * The window of the browser is the screen of the phone: another size is a phone that is turned, or a window of WeChat that
 * is drawn larger. A page of WeChat hears of it where its configuration lets it turn; here every page on top does.
 * @returns a function that ends it
 */
export function watchSize(core: PhoneCore): () => void {
  const { getWindowInfo } = system(core)
  const resized = () => {
    core.screen.fit()
    const { windowWidth, windowHeight } = getWindowInfo()
    const deviceOrientation = windowWidth > windowHeight ? 'landscape' : 'portrait'
    core.stack.top?.resize({ deviceOrientation, size: { windowWidth, windowHeight } })
  }
  window.addEventListener('resize', resized)
  return () => window.removeEventListener('resize', resized)
}
