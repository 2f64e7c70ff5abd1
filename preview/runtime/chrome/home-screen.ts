import { box } from '../screen'

/** The phone without the app: an icon that opens it and a line that says why it is gone. */
export function createHomeScreen(root: HTMLElement, appName: string, message: string, open: () => void): HTMLElement {
  const home = box('home-screen', root)
  const icon = document.createElement('button')
  icon.type = 'button'
  icon.className = 'home-icon'
  icon.setAttribute('aria-label', `打开 ${appName}`)
  icon.addEventListener('click', open)
  home.append(icon)
  box('home-glyph', icon).textContent = appName.slice(0, 1)
  box('home-name', home).textContent = appName
  box('home-message', home).textContent = message
  return home
}
