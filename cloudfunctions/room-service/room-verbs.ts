import type { HttpEvent } from '../contract/http-event'
import type { RoomType, Verb } from '../contract/room-service/routes'
import type { RoomServiceAdapter } from '../core/room-service'
import type { Terminal } from '../core/room-service/parts'
import { OldRefusal } from '../core/room-service/refusals'
import { bodyOf } from './read'

type Fields = object
/** A verb of somebody who has logged in. */
export type RoomVerb = Exclude<Verb, 'login' | 'logout'>

/** What each verb does; a body that names another user than the query is refused (M4). */
export function runVerb(
  { opening, pushers, list, audience, custom }: RoomServiceAdapter,
  terminal: Terminal,
  { type, verb }: { type: RoomType; verb: RoomVerb },
  request: HttpEvent,
): Promise<Fields> {
  const body = <V extends RoomVerb>(name: V) => {
    const fields = bodyOf(name, request)
    if ((fields.userID ?? terminal.account) !== terminal.account) throw new OldRefusal('other-user')
    return fields
  }
  const done = async (work: Promise<void>): Promise<Fields> => {
    await work
    return {}
  }
  const verbs: Record<RoomVerb, () => Promise<Fields>> = {
    get_push_url: () => opening.getPushUrl(terminal, type, body('get_push_url').roomID),
    create_room: () => opening.createRoom(terminal, type, body('create_room').roomInfo),
    get_room_list: () => list(terminal, type, body('get_room_list')),
    get_pushers: () => pushers.inRoom(terminal, type, body('get_pushers').roomID),
    add_pusher: () => pushers.add(terminal, body('add_pusher')),
    // The one verb whose body names somebody else by right: whom the creator puts off the stage.
    delete_pusher: () => done(pushers.remove(terminal, bodyOf('delete_pusher', request))),
    destroy_room: () => done(pushers.destroyRoom(terminal, body('destroy_room').roomID)),
    pusher_heartbeat: () => {
      const { roomID, roomStatusCode } = body('pusher_heartbeat')
      return pushers.beat(terminal, roomID, roomStatusCode ?? null)
    },
    merge_stream: () => pushers.merge(terminal, body('merge_stream').roomID),
    set_custom_field: () => {
      const { roomID, fieldName, operation, value } = body('set_custom_field')
      return custom.change(terminal, { roomID, fieldName, operation, value: value ?? null })
    },
    get_custom_info: () => custom.read(terminal, body('get_custom_info').roomID),
    add_audience: () => done(audience.add(terminal, body('add_audience'))),
    delete_audience: () => done(audience.remove(terminal, body('delete_audience').roomID)),
    get_audiences: () => audience.list(terminal, body('get_audiences').roomID),
  }
  return verbs[verb]()
}
