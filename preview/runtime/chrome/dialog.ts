import { box, screenOf } from '../screen'

/** A centred dialog or a sheet from below, over a mask. */
export interface Layer {
  readonly panel: HTMLElement
  close(): void
}

/** Opens an empty panel. `onMask` is called when the user taps beside it. */
export function openLayer(kind: 'dialog' | 'sheet', label: string, onMask: () => void = () => {}): Layer {
  const layer = box(`${kind}-layer`, screenOf().overlay)
  const mask = box('mask', layer)
  const panel = box(kind, layer)
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-modal', 'true')
  panel.setAttribute('aria-label', label)
  mask.addEventListener('click', onMask)
  return { panel, close: () => layer.remove() }
}

/** A button of a dialog or sheet. */
export function layerButton(
  parent: HTMLElement,
  className: string,
  text: string,
  action: () => void,
): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = className
  button.textContent = text
  button.addEventListener('click', action)
  parent.append(button)
  return button
}
