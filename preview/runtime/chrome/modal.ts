import { box } from '../screen'
import { layerButton, openLayer } from './dialog'

export interface ModalOptions {
  readonly title: string
  readonly content: string
  readonly showCancel: boolean
  readonly cancelText: string
  readonly cancelColor: string
  readonly confirmText: string
  readonly confirmColor: string
  readonly editable: boolean
  readonly placeholderText: string
}

export interface ModalResult {
  readonly confirm: boolean
  readonly cancel: boolean
  /** What was typed into an editable modal, else null. */
  readonly content: string | null
}

/** WeChat's modal dialog; resolves when the user has chosen. */
export function showModal(options: ModalOptions): Promise<ModalResult> {
  return new Promise((resolve) => {
    const layer = openLayer('dialog', options.title || options.content)
    layer.panel.classList.add('modal')
    if (options.title) box('modal-title', layer.panel).textContent = options.title
    let field: HTMLTextAreaElement | null = null
    if (options.editable) {
      field = document.createElement('textarea')
      field.className = 'modal-field'
      field.placeholder = options.placeholderText
      field.value = options.content
      layer.panel.append(field)
      field.focus()
    } else if (options.content) box('modal-content', layer.panel).textContent = options.content
    const buttons = box('modal-buttons', layer.panel)
    const choose = (confirm: boolean) => {
      layer.close()
      resolve({ confirm, cancel: !confirm, content: confirm && field ? field.value : null })
    }
    if (options.showCancel) {
      layerButton(buttons, 'modal-cancel', options.cancelText, () => choose(false)).style.color = options.cancelColor
    }
    layerButton(buttons, 'modal-confirm', options.confirmText, () => choose(true)).style.color = options.confirmColor
  })
}
