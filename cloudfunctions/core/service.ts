import type { ActionName, Input, Output } from '../../miniprogram/protocol/actions'
import { createAdmin } from './admin'
import { createAnchor } from './anchor'
import { createAudience } from './audience'
import type { Context } from './context'
import { createEvents } from './events'
import { createLink } from './link'
import { createList } from './list'
import { createMixing } from './mixing'
import { createNotices } from './notices'
import { createOrder } from './order'
import { createPeople } from './people'
import { createPk } from './pk'
import type { Caller, Deps } from './ports'
import { combine, type Reactions } from './reactions'
import { createRecording } from './recording'
import { createRing } from './ring'
import { createRoomServiceSweep } from './room-service/sweep'
import { createStreamEvents } from './stream-events'
import { createSweep } from './sweep'
import { createTidy } from './tidy'
import { traced, tracedRooms } from './trace'
import { createMediaEvents } from './trtc/events'

/** Every action, for a caller that the door knows and an input that has its documented shape. */
export type RoomActions = { [A in ActionName]: (caller: Caller, input: Input<A>) => Promise<Output<A>> }

/** One truth for all doors. */
export function createRoomService(deps: Deps) {
  const reacting: Partial<Reactions>[] = []
  const context: Context = {
    deps,
    notices: createNotices(deps),
    tidy: createTidy(deps),
    reactions: combine(reacting, deps.log),
  }
  const link = createLink(context)
  const order = createOrder(context)
  const recording = createRecording(context)
  const mixing = createMixing(context)
  const pk = createPk(context)
  const anchor = createAnchor(context, link.calls)
  const audience = createAudience(context, link)
  const ring = createRing(context, { open: anchor.create, enter: audience.enter })
  const parts = [link, order, recording, mixing, pk, ring]
  reacting.push(tracedRooms(deps), ...parts.map((part) => part.reactions))

  const events = createEvents(context)
  const list = createList(deps)
  const actions: RoomActions = traced(deps, {
    ...createPeople(deps, context.notices),
    list: (_caller, input) => list(input),
    ...anchor,
    ...audience,
    ...link.actions,
    ...order.actions,
    ...recording.actions,
    ...pk.actions,
    ...ring.actions,
  })
  return {
    actions,
    streamEvent: createStreamEvents(context),
    mediaEvent: createMediaEvents(context, deps.streaming),
    recordingArrived: recording.fileArrived,
    recordingChanged: recording.statusChanged,
    chat: order.chat,
    admin: createAdmin(context, events, ring.signOff),
    events,
    sweep: createSweep(
      context,
      [...parts, createRoomServiceSweep(context)].flatMap((part) => part.sweep),
    ),
  }
}

export type RoomService = ReturnType<typeof createRoomService>
