import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { NEVER } from '../seats'
import { besideAnchor, type Picture, pictureOf } from './layout'
import { mixOutput } from './output'
import { UNSURE } from './state'
import type { MixChange } from './store'

/** One function's turn. */
const TURN_MS = 15_000
/** Longer than a pause and a call take: none begins with less of the turn left, or two functions might call at once. */
const CALL_MS = 8000
/** Calls for one room are at least this far apart. */
const PACE_MS = 1000
/** In one turn; a stage that changes faster than that is left to the sweeper. */
const ROUNDS = 5
const LOOK_MS = 60_000
const BACK_OFF_MS = 30_000
const BACK_OFF_MAX_MS = 15 * 60_000
/** `failed` when the end of a mix did. */
const END = 'end'

const sessionOf = (roomId: string): string => `mix_${roomId}`
const keyOf = (picture: Picture | null): string => picture?.key ?? ''
const isRight = (room: RoomDoc, picture: Picture | null): boolean =>
  room.mixLayout === keyOf(picture) && (room.mix !== '') === (picture !== null)

/**
 * Brings what is mixed in line with who is to be seen. One function at a time has the turn; it looks again at the room
 * before it gives it back, so whoever finds it taken may go. Viewers are sent to the mixed picture only once the streaming
 * cloud has accepted it, and away from it before it ends.
 */
export function createMixer({ deps, notices, reactions }: Context) {
  const { store, streaming, config, now, pause, log } = deps

  /** While somebody is beside the anchor there may be something to mix at any moment. */
  const nextLook = (room: RoomDoc): number =>
    room.state !== 'closed' && besideAnchor(room).length > 0 ? now() + LOOK_MS : NEVER

  /** Writes what came of a call. Gives back the turn unless the room has changed meanwhile: then its newest state. */
  const conclude = async (room: RoomDoc, change: MixChange): Promise<RoomDoc | null> => {
    const released = await store.setMix(room, { ...change, mixer: { ...change.mixer, until: 0 } }, true)
    const after = released ?? (await store.setMix(room, change, false))
    // Those who watched a closed room have been told its last version.
    if (after && after.mix !== room.mix && after.state !== 'closed') await notices.room(after)
    if (after) await reactions.mixed(after)
    return released ? null : after
  }

  const fail = (room: RoomDoc, key: string, error: unknown): Promise<RoomDoc | null> => {
    const { failed, tries } = room.mixer
    const again = failed === key ? tries + 1 : 1
    if (again === 1) log(`mixing ${room._id} failed, viewers see single streams`, error)
    const waitMs = Math.min(BACK_OFF_MAX_MS, BACK_OFF_MS * 2 ** (again - 1))
    const mixer = { failed: key, tries: again, calledAt: now() }
    return conclude(room, { mix: '', mixLayout: UNSURE, mixAt: now() + waitMs, mixer })
  }

  const show = async (room: RoomDoc, { key, layout }: Picture): Promise<RoomDoc | null> => {
    const output = mixOutput(config, room._id)
    try {
      await streaming.mix(sessionOf(room._id), layout, output)
    } catch (error) {
      return fail(room, key, error)
    }
    const mixer = { failed: '', tries: 0, calledAt: now() }
    return conclude(room, { mix: output, mixLayout: key, mixAt: nextLook(room), mixer })
  }

  const hide = async (seen: RoomDoc): Promise<RoomDoc | null> => {
    let room: RoomDoc | null = seen
    if (seen.mix !== '') {
      room = await store.setMix(seen, { mix: '' }, false)
      if (!room) return null
      if (room.state !== 'closed') await notices.room(room)
    }
    try {
      await streaming.endMix(sessionOf(room._id))
    } catch (error) {
      return fail(room, END, error)
    }
    return conclude(room, { mixLayout: '', mixAt: nextLook(room), mixer: { failed: '', tries: 0, calledAt: now() } })
  }

  /** The room as it is when the next call may be made, or null when the turn is over. */
  const paced = async (room: RoomDoc): Promise<RoomDoc | null> => {
    const waitMs = room.mixer.calledAt + PACE_MS - now()
    // Where nobody is to be seen any more nothing waits.
    if (waitMs <= 0 || room.state !== 'live') return room
    await pause(Math.min(waitMs, PACE_MS))
    const after = await store.room(room._id)
    return after?.mixer.until === room.mixer.until ? after : null
  }

  const takeTurn = async (roomId: string): Promise<void> => {
    const over = now() + TURN_MS
    let room = await store.takeMix(roomId, now(), over)
    for (let round = 0; room && round < ROUNDS && now() + CALL_MS < over; round++) {
      const ready: RoomDoc | null = await paced(room)
      if (!ready) return
      const picture = pictureOf(ready)
      // In a later round the picture may be the one that was just made.
      if (isRight(ready, picture)) room = await conclude(ready, {})
      else room = await (picture ? show(ready, picture) : hide(ready))
    }
    if (room) await store.setMix(room, { mixAt: now(), mixer: { until: 0 } }, false)
  }

  return {
    async settle(room: RoomDoc): Promise<void> {
      const picture = pictureOf(room)
      if (isRight(room, picture)) return
      const waiting = room.mixer.failed === (picture?.key ?? END) && now() < room.mixAt
      if (!waiting) await takeTurn(room._id)
    },

    /** A mix without inputs ends by itself, and of that nobody is told: what is mixed is asked for once more. */
    async renew({ _id, mix }: RoomDoc): Promise<void> {
      if (mix !== '') await takeTurn(_id)
    },

    /** A look of the sweeper; true when something was to do. */
    async look(room: RoomDoc): Promise<boolean> {
      const picture = pictureOf(room)
      if (isRight(room, picture)) {
        await store.lookAtMix(room, nextLook(room))
        return false
      }
      await takeTurn(room._id)
      return true
    },
  }
}
