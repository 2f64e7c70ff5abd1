import { box } from '../screen'

/** The menu capsule at the top right: menu and close. */
export function createCapsule(
  root: HTMLElement,
  actions: { menu(): void; close(): void },
): { setStyle(style: 'black' | 'white'): void } {
  const capsule = box('capsule', root)
  const button = (name: string, label: string, action: () => void) => {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = name
    element.setAttribute('aria-label', label)
    element.addEventListener('click', action)
    capsule.append(element)
  }
  button('capsule-menu', '更多', actions.menu)
  button('capsule-close', '关闭', actions.close)
  return {
    setStyle: (style) => {
      capsule.dataset.style = style
    },
  }
}
