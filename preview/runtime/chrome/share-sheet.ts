import { box } from '../screen'
import { layerButton, openLayer } from './dialog'

/** What a page's onShareAppMessage returned. */
export interface ShareCard {
  readonly title: string
  readonly path: string
}

/** Shows the card that a friend would get. Resolves with whether it was "sent". */
export function showShareSheet(card: ShareCard): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (sent: boolean) => {
      layer.close()
      resolve(sent)
    }
    const layer = openLayer('sheet', '转发', () => done(false))
    box('sheet-title', layer.panel).textContent = '转发给朋友'
    const preview = box('share-card', layer.panel)
    box('share-title', preview).textContent = card.title
    box('share-path', preview).textContent = card.path
    layerButton(layer.panel, 'sheet-item', '发送', () => done(true))
    layerButton(layer.panel, 'sheet-cancel', '取消', () => done(false))
  })
}
