import { useKit } from '../../stores/kit'
import type { LabelledPlace } from '../live-stage/drawn'
import type { Frame } from '../live-stage/layouts/frame'
import type { RoomContext, RoomPartInstance } from '../shared/room-part'
import type { Conductor } from './conductor'
import { frameOf, headerOf } from './layout'
import { measure } from './measure'

/** What an instance of either room component keeps to itself. */
export interface FrameOwn {
  conductor: Conductor
  context: RoomContext
  /** Selectors of the parts that bind themselves. */
  parts: Set<string>
  /** The picture for share cards, once the sheet has drawn it. */
  card: string
}

interface FrameInstance extends FrameOwn {
  readonly data: { readonly bare: boolean; readonly plain: boolean; readonly lift: number }
  setData(fields: Record<string, unknown>): void
  selectComponent(selector: string): unknown
  createSelectorQuery(): unknown
  tell(event: 'rendererror', detail: { roomId: string }): void
}
const self = (instance: unknown) => instance as FrameInstance

interface Detail<T> {
  detail: T
}

/**
 * What the frames of both room components do in the same way: they tie the parts to the room, measure what is left for the
 * pictures, and hear of taps. `talks`: the last lines of the chat take room from the pictures.
 */
export function frameMethods(talks: boolean) {
  const shaped = (frame: Frame): Frame => (talks ? frame : { ...frame, talk: 0 })
  return {
    /** A part that binds itself is there: `data-part` is the selector that finds it. */
    partMounted(e: WechatMiniprogram.CustomEvent) {
      const selector = String(e.currentTarget.dataset.part)
      self(this).parts.add(selector)
      this.connect(selector)
    },
    connect(selector: string) {
      const { context } = self(this)
      const part = self(this).selectComponent(selector) as RoomPartInstance | null
      part?.connect(context)
    },
    arrange() {
      const screen = useKit().device.layout()
      const { top, height, clear } = headerOf(screen)
      self(this).setData({ frame: shaped(frameOf(screen)), top, rowHeight: height, clear })
      this.measure()
    },
    /** Once what has changed is drawn: how much room header and controls leave for the stage. */
    measure() {
      const me = self(this)
      const { conductor } = me
      const guess = frameOf(useKit().device.layout())
      const use = (frame: Frame) => conductor.live && me.setData({ frame: shaped(frame) })
      wx.nextTick(() => conductor.live && measure(me, guess, use))
    },
    keepCard({ detail }: Detail<{ file: string }>) {
      self(this).card = detail.file
    },
    openFigures() {
      self(this).conductor.ui.open('stats')
    },
    placeTap({ detail }: Detail<LabelledPlace>) {
      const { userId, name, me } = detail
      if (userId && !me && !self(this).data.bare) self(this).conductor.ui.about({ userId, name })
    },
    /** Native pictures lie over everything here (P49): what is essential is drawn the way the platform can. */
    goPlain() {
      const me = self(this)
      if (me.data.plain) return
      me.setData({ plain: true })
      me.tell('rendererror', { roomId: me.conductor.roomId })
    },
    keyboard({ detail }: Detail<{ height: number }>) {
      if (detail.height !== self(this).data.lift) self(this).setData({ lift: detail.height })
    },
    openPeople() {
      self(this).conductor.ui.open('people')
    },
  }
}
