import type { WindowConfig } from '../manifest'
import { box } from '../screen'

export interface NavBar {
  setTitle(title: string): void
  setColor(colors: { front?: string | undefined; background?: string | undefined }): void
  /** Takes on the settings of another theme; what the page itself has set stays. */
  setConfig(config: WindowConfig): void
  readonly textStyle: 'black' | 'white'
}

/**
 * WeChat's navigation bar of one page. With `navigationStyle: custom` only the capsule and the status bar stay.
 * @param restyled is told after every change of colours
 */
export function createNavBar(
  page: HTMLElement,
  config: WindowConfig,
  back: { label: 'back' | 'home'; go(): void } | null,
  restyled: () => void,
): NavBar {
  let own: { front?: 'black' | 'white'; background?: string } = {}
  let textStyle: 'black' | 'white' = 'white'
  const bar = box('nav-bar', page)
  const title = box('nav-title', bar)
  const draw = () => {
    textStyle = own.front ?? config.navigationBarTextStyle ?? 'white'
    bar.dataset.style = textStyle
    bar.style.background = own.background ?? config.navigationBarBackgroundColor ?? '#000000'
  }
  title.textContent = config.navigationBarTitleText ?? ''
  if (back) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `nav-${back.label}`
    button.setAttribute('aria-label', back.label === 'back' ? '返回' : '首页')
    button.addEventListener('click', back.go)
    bar.prepend(button)
  }
  if (config.navigationStyle === 'custom') bar.remove()
  draw()
  return {
    get textStyle() {
      return textStyle
    },
    setTitle: (text) => {
      title.textContent = text
    },
    setColor: ({ front, background }) => {
      own = {
        ...own,
        ...(background && { background }),
        ...(front && { front: /^#f/i.test(front) ? 'white' : 'black' }),
      }
      draw()
      restyled()
    },
    setConfig: (next) => {
      config = next
      draw()
      restyled()
    },
  }
}
