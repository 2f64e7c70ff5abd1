import { box } from '../screen'
import { layerButton, openLayer } from './dialog'

/** A list of choices from below. Resolves with the index, or null when it is cancelled. */
export function showActionSheet(
  items: readonly string[],
  itemColor: string,
  alertText: string,
): Promise<number | null> {
  return new Promise((resolve) => {
    const done = (index: number | null) => {
      layer.close()
      resolve(index)
    }
    const layer = openLayer('sheet', alertText || items.join(' '), () => done(null))
    if (alertText) box('sheet-title', layer.panel).textContent = alertText
    for (const [index, item] of items.entries()) {
      layerButton(layer.panel, 'sheet-item', item, () => done(index)).style.color = itemColor
    }
    layerButton(layer.panel, 'sheet-cancel', '取消', () => done(null))
  })
}
