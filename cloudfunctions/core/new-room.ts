import type { Input } from '../../miniprogram/protocol/actions'
import { LIMITS } from '../../miniprogram/protocol/limits'
import type { RoomKind } from '../../miniprogram/protocol/room'
import type { RoomDoc } from './documents'
import { hotKeyOf } from './heat'
import { listKeyOf } from './list'
import { NO_MIX } from './mixing/state'
import type { ServiceConfig } from './ports'
import { NO_RECORDING } from './recording/state'
import { Refusal } from './refusal'
import { NEVER, type Stage } from './seats'

/** What a room is about, as somebody asked for it. */
export interface Wish
  extends Partial<Omit<Input<'create'>, 'title' | 'cover' | 'requestId' | 'kind'>>,
    Pick<Input<'create'>, 'title' | 'cover'> {
  kind: RoomKind
  /** When an event is announced to begin; 0: not announced. */
  opensAt?: number
}

interface Ids {
  roomId: string
  /** Where its anchor pushes; '' for a call. */
  stream: string
  anchorId: string
  anchorName: string
}

/** A new room as nobody has come into it yet. A call is on at once, and everybody's lease is that of his seat. */
export function newRoom(
  id: Ids,
  wish: Wish,
  stage: Stage,
  { now, config }: { now: number; config: Pick<ServiceConfig, 'idleMs' | 'leaseMs'> },
): RoomDoc {
  const { kind, opensAt = 0 } = wish
  const since = opensAt || now
  const listKey = listKeyOf(since, id.roomId)
  const call = kind === 'call'
  // A live room takes its place with its first picture; a call that rings somebody is for those two.
  const listed = kind !== 'live' && !wish.ring
  return {
    _id: id.roomId,
    kind,
    anchorId: id.anchorId,
    anchorName: id.anchorName,
    title: wish.title,
    cover: wish.cover,
    coverFile: wish.coverFile ?? '',
    notice: wish.notice ?? '',
    tags: wish.tags ?? [],
    state: call ? 'live' : 'idle',
    reason: null,
    version: 1,
    epoch: 1,
    stream: id.stream,
    sequence: '',
    streamAt: 0,
    createdAt: now,
    opensAt,
    ...(call ? { startedAt: now } : {}),
    closedAt: 0,
    listed,
    ...(listed ? { listKey } : {}),
    hotKey: hotKeyOf({ viewers: 0, likes: 0 }, since, listKey),
    leaseUntil: call ? NEVER : now + config.leaseMs,
    strikes: 0,
    strikesLease: 0,
    closesAt: kind === 'live' ? now + config.idleMs : 0,
    viewers: 0,
    totalViewers: 0,
    peakViewers: 0,
    headroom: 0,
    likes: 0,
    countsRev: 0,
    countsNoticedAt: 0,
    unsettled: false,
    settledAt: 0,
    drift: 0,
    ...stage,
    endsWithOwner: call && (wish.endsWithOwner ?? false),
    admins: [],
    muteAll: false,
    cameraOff: false,
    record: wish.record ?? false,
    ...NO_RECORDING,
    ...NO_MIX,
    pk: null,
    kept: false,
    forbid: [],
    tidyAt: 0,
  }
}

/** How many seats a new room has. Refuses what a call cannot have; a live room's limits are those of the schema. */
export function seatCount(kind: 'live' | 'call', seats?: number): number {
  if (kind === 'live') return seats ?? LIMITS.liveSeatsDefault
  const { callSeatsMin: min, callSeatsMax: max } = LIMITS
  const wanted = seats ?? LIMITS.callSeatsDefault
  if (wanted < min || wanted > max) {
    const issues = [{ field: 'seats', problem: `must be ${min} to ${max} for a call` }]
    throw new Refusal('bad-input', `a call has ${min} to ${max} seats`, { issues })
  }
  return wanted
}
