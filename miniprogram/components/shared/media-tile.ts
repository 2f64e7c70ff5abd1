import { type Fields, follow } from './follow'

/** A model that draws one native tag: a publisher or a playback. */
interface Media<Handle> {
  attach(handle: Handle): () => void
}

interface Own {
  media: object | undefined
  ends: (() => void)[]
  setData(fields: Record<string, unknown>): void
}
const own = (instance: unknown) => instance as Own

/** The model behind a tile; null before it is connected and after it is gone. */
export const mediaOf = <M>(instance: unknown): M | null => (own(instance).media as M | undefined) ?? null

function disconnect(tile: Own): void {
  for (const end of tile.ends?.splice(0) ?? []) end()
  tile.media = undefined
}

/** What the stage calls when a tile has told that it is there. */
export interface MediaTile<M> {
  connect(media: M): void
}

/**
 * One native tag that binds itself to its model. It fires `mounted`, is given its model by `connect`, and only then draws
 * the tag (`wx:if="{{there}}"`), because a tag reads some of its attributes once, and `enable-camera` must be right from
 * the first. Then the model gets `handle` of the tag; it is withdrawn when the tile goes.
 */
export const mediaTile = <M extends Media<H>, H>(fields: (media: M) => Fields, handle: (instance: unknown) => H) =>
  Behavior({
    data: { there: false },
    lifetimes: {
      ready() {
        this.triggerEvent('mounted')
      },
      detached() {
        disconnect(own(this))
      },
    },
    methods: {
      connect(media: M) {
        const tile = own(this)
        if (tile.media === media) return
        disconnect(tile)
        tile.media = media
        const here = () => tile.media === media
        tile.ends = [follow(this, media, { ...fields(media), there: () => true }, here)]
        // a context finds its tag only once it is drawn
        wx.nextTick(() => {
          if (here()) tile.ends.push(media.attach(handle(this)))
        })
      },
      rendererFailed() {
        this.triggerEvent('rendererfailed')
      },
    },
  })
