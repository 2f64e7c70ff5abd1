import type { RoomDoc } from '../documents'
import { ROOM_ID } from '../ids'
import { lowLatencyUrl, streamOfPushUrl } from '../live-urls'
import type { Access } from './access'
import { callerOf, type Parts, ROOM_TYPES, type RoomType, type Terminal } from './parts'
import { OldRefusal } from './refusals'
import type { OldStage } from './stage'
import { titleFrom } from './texts'

const REQUEST_BYTES = 16

/** How a room begins: a terminal of a live room pushes first, and says later what it is that he pushes. */
export function createOpening(parts: Parts, access: Access, stage: OldStage) {
  const { actions, store, config, now, randomBytes } = parts

  const seatsOf = (type: RoomType): number => {
    const { kind, pushers } = ROOM_TYPES[type]
    return kind === 'call' ? pushers : pushers - 1
  }

  const make = async (terminal: Terminal, type: RoomType, roomInfo: string): Promise<RoomDoc> => {
    const name = (await store.user(terminal.userId))?.name
    const { room } = await actions.create(callerOf(terminal), {
      title: titleFrom(roomInfo) || name || titleFrom(terminal.account),
      cover: 'ocean',
      requestId: `rs:${randomBytes(REQUEST_BYTES).toString('hex')}`,
      kind: ROOM_TYPES[type].kind,
      seats: seatsOf(type),
    })
    return access.open(room.roomId)
  }

  /**
   * The room that this person opens, or has open. One person has one open room, so a show that is on goes on, also under
   * another title. A call that has begun is ended instead: who opens a new one does not mean the people in the old one.
   */
  const ownOrNew = async (terminal: Terminal, type: RoomType, roomInfo: string): Promise<RoomDoc> => {
    const own = await access.ownRoom(terminal)
    if (!own) return make(terminal, type, roomInfo)
    if (!own.legacy) throw new OldRefusal('room-exists', { roomID: own._id })
    const same = own.kind === ROOM_TYPES[type].kind && Object.keys(own.seats).length === seatsOf(type)
    if (same && (own.kind === 'live' || !(await access.extrasOf(own._id))?.opened)) return own
    await actions.close(callerOf(terminal), { roomId: own._id })
    return make(terminal, type, roomInfo)
  }

  /**
   * Where this terminal is to push: in the room that it names. A terminal that asks for a seat of a live room names none,
   * as one that begins a show; it is the room that it watches, if it does, and has no show on at the moment.
   */
  const pushRoom = async (terminal: Terminal, type: RoomType, roomID: string): Promise<RoomDoc> => {
    if (ROOM_ID.test(roomID)) return access.openOf(type, roomID)
    const watched = type === 'live_room' && terminal.watching !== '' ? await store.room(terminal.watching) : null
    if (!watched || watched.state === 'closed') return ownOrNew(terminal, type, '')
    const own = await access.ownRoom(terminal)
    return own?.kind === 'live' && own.state === 'live' ? own : watched
  }

  return {
    async getPushUrl(terminal: Terminal, type: RoomType, roomID: string) {
      const room = await pushRoom(terminal, type, roomID)
      const pushURL = await stage.pushUrl(terminal, room)
      const { url: accelerateURL } = lowLatencyUrl(
        config.live,
        streamOfPushUrl(config.live, pushURL, now()) ?? '',
        now(),
      )
      return { pushURL, accelerateURL, roomID: room._id }
    },

    /** An id that the terminal would like is not used: ids are made here, and the answer names it (M21). */
    async createRoom(terminal: Terminal, type: RoomType, roomInfo: string) {
      const room = await ownOrNew(terminal, type, roomInfo)
      const title = titleFrom(roomInfo)
      if (title !== '' && title !== room.title) {
        await actions.update(callerOf(terminal), { roomId: room._id, title })
      }
      await Promise.all([store.describe(room._id, { roomInfo }, now()), access.watch(terminal, '')])
      return { roomID: room._id }
    },
  }
}
