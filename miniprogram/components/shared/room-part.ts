import type { Kit } from '../../stores/kit'
import type { LiveRoom } from '../../stores/live-room/live-room'
import type { LiveRoomEvents } from '../live-room/events'
import type { Ui } from '../live-room/ui'
import { type Fields, follow } from './follow'

/** What a part of the room component works with. The same object for as long as the component lives. */
export interface RoomContext {
  readonly room: LiveRoom
  readonly kit: Kit
  /** The language, the open sheet: observable. */
  readonly ui: Ui
  /** An event of the room component. */
  tell<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]): void
}

/** What a part of the room can be told by the component around it. */
export interface RoomPartInstance {
  connect(context: RoomContext): void
}

/** Registers what has to be ended with the part. */
export type OnEnd = (end: () => void) => void

interface Own {
  context: RoomContext | undefined
  ends: (() => void)[]
}
const own = (instance: unknown) => instance as Own

/** The context of a part that is connected. */
export function contextOf(instance: unknown): RoomContext {
  const { context } = own(instance)
  if (!context) throw new Error('this part of the room is not connected')
  return context
}

function disconnect(part: Own): void {
  for (const end of part.ends?.splice(0) ?? []) end()
  part.context = undefined
}

/**
 * A part of the room that binds itself: it fires `mounted`, the room component answers with `connect`, and from then on the
 * `fields` follow the model; each is sent when it changes, to this part alone. `fields` may make something of its own for
 * them (a second hand), `begin` may start something more and returns what ends it. All of it ends with the part.
 *
 * In the template of the room: `<x-part class="x" data-part=".x" bind:mounted="partMounted" />`.
 */
export const roomPart = (
  fields: (context: RoomContext, onEnd: OnEnd, instance: unknown) => Fields,
  begin?: (instance: unknown, context: RoomContext) => () => void,
) =>
  Behavior({
    lifetimes: {
      ready() {
        this.triggerEvent('mounted')
      },
      detached() {
        disconnect(own(this))
      },
    },
    methods: {
      connect(context: RoomContext) {
        const part = own(this)
        disconnect(part)
        part.context = context
        part.ends = []
        const onEnd: OnEnd = (end) => part.ends.push(end)
        onEnd(follow(this, context.room, fields(context, onEnd, this), () => part.context === context))
        if (begin) onEnd(begin(this, context))
      },
    },
  })
