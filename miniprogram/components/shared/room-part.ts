import type { Kit } from '../../stores/kit'
import type { Room } from '../../stores/room/room'
import type { LiveRoomEvents } from '../live-room/events'
import type { Ui } from '../room/ui'
import { type Fields, follow } from './follow'

/** Events that parts of a room fire, whichever component they are in. */
export type PartEvents = Pick<LiveRoomEvents, 'snapshot' | 'report'>

/**
 * What a part of a room component works with; `R` is `LiveRoom` for what only a show has. The same object for as long as
 * the component lives.
 */
export interface RoomContext<R extends Room = Room> {
  readonly room: R
  readonly kit: Kit
  /** The language, the open sheet: observable. */
  readonly ui: Ui
  /** An event of the room component. */
  tell<K extends keyof PartEvents>(event: K, detail: PartEvents[K]): void
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
export function contextOf<R extends Room = Room>(instance: unknown): RoomContext<R> {
  const { context } = own(instance)
  if (!context) throw new Error('this part of the room is not connected')
  // A part stands only in the component whose room it was written for.
  return context as RoomContext<R>
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
export const roomPart = <R extends Room = Room>(
  fields: (context: RoomContext<R>, onEnd: OnEnd, instance: unknown) => Fields,
  begin?: (instance: unknown, context: RoomContext<R>) => () => void,
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
      connect(given: RoomContext) {
        const context = given as RoomContext<R>
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
