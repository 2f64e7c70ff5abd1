import type { RoomDoc } from '../documents'
import { ROOM_ID } from '../ids'
import { streamOfPushUrl } from '../live-urls'
import { Refusal } from '../refusal'
import { seatOf } from '../seats'
import type { Access } from './access'
import { type Objects, roleOf } from './objects'
import { callerOf, type Parts, type RoomType, type Terminal } from './parts'
import { OldRefusal } from './refusals'
import { nameFrom } from './texts'

/** The share of a lease that must be left for a beat to write nothing. */
const FRESH = 2 / 3

/** Those who push: coming, going, being alive, and who else does. */
export function createPushers(parts: Parts, access: Access, objects: Objects) {
  const { actions, store, chat, config, now, log } = parts

  /** A person's name is one, wherever he said it; what changes too often keeps until it is said again. */
  const rename = async (terminal: Terminal, userName: string, userAvatar: string): Promise<void> => {
    const [known] = await store.accounts([terminal.userId])
    if (known && known.name === userName && known.avatar === userAvatar) return
    const name = nameFrom(userName)
    try {
      if (name !== '' && known?.name !== userName) await actions.profile(callerOf(terminal), { name })
    } catch (error) {
      if (error instanceof Refusal && error.code === 'rate-limited') return
      throw error
    }
    await store.remember(terminal.userId, terminal.account, { name: userName, avatar: userAvatar }, now())
  }

  const tellPushers = async (roomId: string): Promise<void> => {
    try {
      await chat.pushersChanged(roomId)
    } catch (error) {
      log(`that other people push in ${roomId} was not told`, error)
    }
  }

  const ownStream = (room: RoomDoc, userId: string): string =>
    room.kind !== 'call' && room.anchorId === userId ? room.stream : (seatOf(room, userId)?.doc.stream ?? '')

  /** The room of this id, or the one that the caller has just made when the id is none of ours (M30, M31). */
  const namedOrOwn = async (terminal: Terminal, roomID: string): Promise<RoomDoc> => {
    if (ROOM_ID.test(roomID)) return access.open(roomID)
    const own = await access.ownRoom(terminal)
    if (!own?.legacy) throw new OldRefusal('no-such-room')
    return own
  }

  const leave = async (terminal: Terminal, room: RoomDoc): Promise<void> => {
    const role = roleOf(room, terminal.userId)
    if (role.at === 'audience') {
      // What terminals say when they stop watching, whether or not they say more.
      if (terminal.watching === room._id) await access.watch(terminal, '')
      throw new OldRefusal('not-a-member')
    }
    if (role.at === 'anchor') await actions.close(callerOf(terminal), { roomId: room._id })
    else await actions['seat.leave'](callerOf(terminal), { roomId: room._id })
  }

  /** His stream is cut, and the server gives him no seat in this room any more (M11). */
  const putOffStage = async (terminal: Terminal, room: RoomDoc, account: string): Promise<void> => {
    if (room.anchorId !== terminal.userId) throw new OldRefusal('other-user')
    const names = await objects.namesOf(room.onStage)
    const victim = room.onStage.find((userId) => (names.get(userId)?.account ?? userId) === account)
    if (victim === undefined) throw new OldRefusal('not-a-member')
    await store.putOffStage(room._id, victim, now())
    await actions['seat.kick'](callerOf(terminal), { roomId: room._id, userId: victim })
  }

  return {
    /** The caller pushes. Safe to repeat. The URL must be the one that he was given for this room (M7). */
    async add(
      terminal: Terminal,
      said: { roomID: string; userName: string; userAvatar: string; pushURL: string; roomInfo: string },
    ) {
      const room = await namedOrOwn(terminal, said.roomID)
      const roomId = room._id
      const stream = streamOfPushUrl(config.live, said.pushURL, now())
      if (stream === null || stream !== ownStream(room, terminal.userId)) throw new OldRefusal('foreign-url')
      await rename(terminal, said.userName, said.userAvatar)
      // The creator is who made the room, not who pushes first (M41).
      if (room.legacy && room.anchorId === terminal.userId) {
        const info = said.roomInfo === '' ? {} : { roomInfo: said.roomInfo }
        await store.describe(roomId, { opened: true, ...info }, now())
      }
      await tellPushers(roomId)
      return { roomID: roomId }
    },

    /** The caller goes; or the creator puts somebody off the stage. */
    async remove(terminal: Terminal, { roomID, userID }: { roomID: string; userID: string }): Promise<void> {
      const room = await access.open(roomID)
      if (userID === terminal.account) await leave(terminal, room)
      else await putOffStage(terminal, room, userID)
    },

    async destroyRoom(terminal: Terminal, roomID: string): Promise<void> {
      const room = await access.open(roomID)
      if (room.anchorId !== terminal.userId) throw new OldRefusal('not-creator')
      await actions.close(callerOf(terminal), { roomId: room._id })
    },

    async inRoom(terminal: Terminal, type: RoomType, roomID: string) {
      const room = await access.openOf(type, roomID)
      const extras = await access.extrasOf(room._id)
      if (room.legacy && !extras?.opened && room.anchorId !== terminal.userId) throw new OldRefusal('no-such-room')
      if (room.kind !== 'call' && roleOf(room, terminal.userId).at === 'audience') {
        // Who asks for a live room's addresses is a viewer: counted once, and refused if he may not be here.
        await actions.sync(callerOf(terminal), { roomId: room._id, version: room.version })
        await access.watch(terminal, room._id)
      }
      const { pushers, names } = await objects.pushers(room, terminal.userId)
      return objects.roomObject(room, extras, names, pushers, terminal.second)
    },

    /**
     * The caller is alive. Terminals beat every 5 to 7 seconds; the lease is renewed once a third of it has gone by, so
     * most beats only read (M52). Who names the state that he knows is told who pushes, if it is another by now (M61).
     */
    async beat(terminal: Terminal, roomID: string, known: number | null) {
      const room = await access.open(roomID)
      const role = roleOf(room, terminal.userId)
      if (role.at === 'audience') throw new OldRefusal('not-a-member')
      const lease = role.at === 'anchor' ? room.leaseUntil : role.until
      if (lease - now() < config.leaseMs * FRESH) {
        const place = { roomId: room._id, version: room.version }
        if (role.at === 'anchor') await actions.beat(callerOf(terminal), { ...place, epoch: room.epoch })
        else await actions['seat.beat'](callerOf(terminal), { ...place, seat: role.seat, epoch: role.epoch })
      }
      if (known === null || known === room.version) return { roomStatusCode: room.version }
      return {
        roomStatusCode: room.version,
        pushers: (await objects.pushers(room, terminal.userId)).pushers,
      }
    },

    /** The server mixes by itself, from who is on stage; what a terminal has drawn up is not used (M5). */
    async merge(terminal: Terminal, roomID: string) {
      const room = await access.open(roomID)
      if (room.anchorId !== terminal.userId) throw new OldRefusal('not-creator')
      const done = { code: 0, message: 'ok', timestamp: now() }
      return { result: done, merge_code: 0, merge_msg: done.message }
    },
  }
}
