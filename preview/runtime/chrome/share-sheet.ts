import { cloudFileUrl } from '../cloud-file-url'
import { box } from '../screen'
import { layerButton, openLayer } from './dialog'

/** What a page's onShareAppMessage returned. */
export interface ShareCard {
  readonly title: string
  readonly path: string
  /** The picture of the card, or '' for a picture of the page, which is not drawn here. */
  readonly imageUrl: string
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
    const url = cloudFileUrl(card.imageUrl) ?? card.imageUrl
    if (url) preview.append(Object.assign(new Image(), { src: url, alt: '', className: 'share-image' }))
    box('share-title', preview).textContent = card.title
    box('share-path', preview).textContent = card.path
    layerButton(layer.panel, 'sheet-item', '发送', () => done(true))
    layerButton(layer.panel, 'sheet-cancel', '取消', () => done(false))
  })
}
