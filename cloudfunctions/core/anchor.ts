import type { Input } from '../../miniprogram/protocol/actions'
import { LIMITS } from '../../miniprogram/protocol/limits'
import type { Context } from './context'
import type { RoomDoc } from './documents'
import { limited, ownRoom, roomClosed } from './guards'
import { roomIdFor, streamName } from './ids'
import { pushGrant } from './live-urls'
import { NO_MIX } from './mixing/state'
import { chatCredentials } from './people'
import type { Caller } from './ports'
import { NO_RECORDING } from './recording/state'
import { Refusal } from './refusal'
import { newStage } from './seats'
import { countsOf, rowOf, summaryOf, viewOf } from './view'

const CREATE_EVERY_MS = 1000
const PUSH_EVERY_MS = 1000
const STREAM_RANDOM_BYTES = 16

/** What the anchor of a room may do: create, resume, push, beat, close. */
export function createAnchor({ deps, notices, tidy, reactions }: Context) {
  const { store, chat, config, now, log } = deps

  const newStream = (roomId: string, epoch: number): string =>
    streamName(roomId, epoch, deps.randomBytes(STREAM_RANDOM_BYTES))

  const entered = (room: RoomDoc) => ({
    ...rowOf(room, now()),
    chat: chatCredentials(deps, room.anchorId),
    me: { userId: room.anchorId, name: room.anchorName },
    settings: config.settings,
    push: pushGrant(config.live, room.stream, now()),
    seat: null,
  })

  /** Refuses while another room of this user is open; otherwise the slot is this room's. */
  const claim = async (userId: string, roomId: string): Promise<void> => {
    for (;;) {
      const held = (await store.user(userId))?.openRoom ?? ''
      if (held === roomId) return
      const other = held === '' ? null : await store.room(held)
      if (other && other.state !== 'closed') {
        throw new Refusal('already-live', 'another show of yours is open', { roomId: held })
      }
      if (await store.claimSlot(userId, held, roomId)) return
    }
  }

  return {
    async create(caller: Caller, input: Input<'create'>) {
      const { userId } = caller
      const roomId = roomIdFor(config.userIdSecret, userId, input.requestId)
      let room = await store.room(roomId)
      if (!room) {
        await limited(deps, `create:${userId}`, CREATE_EVERY_MS, input.requestId)
        const user = await store.user(userId)
        room = newRoom(roomId, { userId, name: user?.name ?? '' }, input, newStream(roomId, 1), {
          now: now(),
          idleMs: config.idleMs,
          leaseMs: config.leaseMs,
        })
        await store.insertRoom(room)
      }
      if (room.state === 'closed') throw roomClosed(room, now())
      try {
        await claim(userId, roomId)
        if (!room.chatReady) await chat.createGroup(roomId)
      } catch (error) {
        // Nothing of a room that could not be opened stays, unless the same request got further elsewhere.
        if (await store.removeUnready(roomId)) await store.releaseSlot(userId, roomId)
        if (error instanceof Refusal) throw error
        log(`chat group of ${roomId} could not be made`, error)
        throw new Refusal('unavailable', 'the chat service did not answer')
      }
      const ready = await store.markChatReady(roomId)
      if (!ready) throw new Refusal('unavailable', 'the room could not be opened')
      return entered(ready)
    },

    async update(caller: Caller, { roomId, ...change }: Input<'update'>) {
      const room = await ownRoom(deps, caller, roomId)
      void change
      return { room: viewOf(room, now()) }
    },

    async resume(caller: Caller, { roomId }: { roomId: string }) {
      const name = (await store.user(caller.userId))?.name ?? ''
      for (;;) {
        const seen = await ownRoom(deps, caller, roomId)
        const at = now()
        const room = await store.takeOver(seen, {
          stream: newStream(roomId, seen.epoch + 1),
          anchorName: name || seen.anchorName,
          closesAt: at + (seen.startedAt === undefined ? config.idleMs : config.graceMs),
          leaseUntil: at + config.leaseMs,
          now: at,
        })
        if (!room) continue // another device was faster: take over from that one
        await Promise.all([tidy(room), notices.room(room)])
        return entered(room)
      }
    },

    async push(caller: Caller, { roomId, epoch }: { roomId: string; epoch: number }) {
      const room = await ownRoom(deps, caller, roomId, epoch)
      await limited(deps, `push:${caller.userId}`, PUSH_EVERY_MS)
      return { push: pushGrant(config.live, room.stream, now()) }
    },

    async beat(caller: Caller, input: { roomId: string; epoch: number; version: number }) {
      const leaseUntil = now() + config.leaseMs
      const room =
        (await store.renewLease(input.roomId, caller.userId, input.epoch, leaseUntil)) ??
        (await ownRoom(deps, caller, input.roomId, input.epoch))
      return {
        room: room.version === input.version ? null : viewOf(room, now()),
        counts: countsOf(room),
        play: null,
        links: [],
      }
    },

    async close(caller: Caller, { roomId }: { roomId: string }) {
      const room = await store.closeByAnchor(roomId, caller.userId, now(), now() + tidy.afterCloseMs)
      if (room) {
        await Promise.all([
          tidy.forbidNow(room.stream),
          store.releaseSlot(caller.userId, roomId),
          notices.room(room),
          reactions.closed(room),
        ])
      }
      const closed = room ?? (await store.room(roomId))
      if (!closed) throw new Refusal('not-found', 'no such room')
      if (closed.anchorId !== caller.userId) throw new Refusal('forbidden', 'only the anchor may do this')
      return { room: viewOf(closed, now()), summary: summaryOf(closed, now()) }
    },
  }
}

function newRoom(
  roomId: string,
  anchor: { userId: string; name: string },
  { title, cover, coverFile, notice, tags, seats, lowLatency, record }: Input<'create'>,
  stream: string,
  { now, idleMs, leaseMs }: { now: number; idleMs: number; leaseMs: number },
): RoomDoc {
  return {
    _id: roomId,
    kind: 'live',
    anchorId: anchor.userId,
    anchorName: anchor.name,
    title,
    cover,
    coverFile: coverFile ?? '',
    notice: notice ?? '',
    tags: tags ?? [],
    state: 'idle',
    reason: null,
    version: 1,
    epoch: 1,
    stream,
    sequence: '',
    streamAt: 0,
    createdAt: now,
    opensAt: 0,
    closedAt: 0,
    listed: false,
    leaseUntil: now + leaseMs,
    strikes: 0,
    closesAt: now + idleMs,
    viewers: 0,
    totalViewers: 0,
    peakViewers: 0,
    likes: 0,
    countsRev: 0,
    countsNoticedAt: 0,
    unsettled: false,
    drift: 0,
    ...newStage(seats ?? LIMITS.liveSeatsDefault, lowLatency ?? 0),
    endsWithOwner: false,
    admins: [],
    muteAll: false,
    record: record ?? false,
    ...NO_RECORDING,
    ...NO_MIX,
    pk: null,
    chatReady: false,
    forbid: [],
    tidyAt: 0,
  }
}
