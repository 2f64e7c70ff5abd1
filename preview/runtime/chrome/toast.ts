import { box, screenOf } from '../screen'

export interface ToastOptions {
  readonly title: string
  readonly icon: 'success' | 'error' | 'loading' | 'none'
  readonly mask: boolean
  /** Milliseconds; null stays until it is hidden. */
  readonly duration: number | null
}

let shown: HTMLElement | null = null
let timer: ReturnType<typeof setTimeout> | undefined

/** There is one toast at a time; loading is a toast that stays. */
export const toast = {
  show({ title, icon, mask, duration }: ToastOptions): void {
    toast.hide()
    shown = box('toast-layer', screenOf().overlay)
    shown.toggleAttribute('data-mask', mask)
    const panel = box('toast', shown)
    panel.dataset.icon = icon
    panel.setAttribute('role', 'status')
    if (icon !== 'none') box(`toast-icon toast-icon-${icon}`, panel)
    box('toast-title', panel).textContent = title
    if (duration !== null) timer = setTimeout(toast.hide, duration)
  },
  hide(): void {
    clearTimeout(timer)
    shown?.remove()
    shown = null
  },
}
