import type { MemberDoc, PkDoc, RoomDoc, UserDoc } from '../../../cloudfunctions/core/documents'
import { movedTo } from '../../../cloudfunctions/core/heat'
import { pictureOf } from '../../../cloudfunctions/core/mixing/layout'
import type { PhoneDoc, RingDoc } from '../../../cloudfunctions/core/ring/documents'
import { heldSeats, NEVER, stageDue } from '../../../cloudfunctions/core/seats'
import type { Likes } from './chaos-steps'
import type { ChaosWorld } from './chaos-world'
import type { World } from './world'

/** What is wrong, by the name of the invariant that says so. */
export type Faults = Map<string, string[]>

/** After how many sweeps of a world that is well again each invariant holds. */
export type Promises = Readonly<Record<string, number>>

type Check = (chaos: ChaosWorld, room: RoomDoc) => boolean

const isOpen = ({ state }: RoomDoc): boolean => state !== 'closed'
const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())
const presentIn = ({ world }: ChaosWorld, roomId: string): MemberDoc[] =>
  (world.docs('members') as MemberDoc[]).filter((member) => member.roomId === roomId)

const slotOf = (world: World, userId: string): string =>
  (world.docs('users') as UserDoc[]).find(({ _id }) => _id === userId)?.openRoom ?? ''

/** Holds at every moment, whatever has just broken. */
export const ALWAYS: Readonly<Record<string, Check>> = {
  'those on seats are those on stage': (_, room) =>
    sameSet(
      room.onStage,
      heldSeats(room).map(({ doc }) => doc.userId),
    ),
  'nobody holds two seats': (_, { onStage }) => new Set(onStage).size === onStage.length,
  'the queue is as long as its count says': (_, { links, linksUsed }) => Object.keys(links).length === linksUsed,
  'low-latency places are as many as their count says': (_, { fast, fastUsed, fastMax }) =>
    Object.keys(fast).length === fastUsed && fastUsed <= fastMax,
  'the peak is the peak': (_, { viewers, peakViewers, headroom }) =>
    viewers >= 0 && headroom >= 0 && headroom === peakViewers - viewers,
  'an open room that waits has a deadline, and only such a room': (_, { kind, state, closesAt }) =>
    closesAt > 0 === (state === 'interrupted' || (state === 'idle' && kind === 'live')),
  'a live room has a lease': (_, { state, leaseUntil }) => state !== 'live' || leaseUntil > 0,
  'a reason is given for what is not on': (_, { state, reason }) =>
    (reason === null) === (state === 'idle' || state === 'live'),
  // A live room that is opened again is in it from its next picture on.
  'the list holds open rooms that had a picture': (_, room) =>
    // A call that rings somebody has no place in it from the beginning.
    room.listed ===
    (room.kind === 'live' ? ['live', 'interrupted'].includes(room.state) : isOpen(room) && room.listKey !== undefined),
  'a listed room has its place': (_, { listed, listKey, _id }) => !listed || (listKey ?? '').endsWith(_id),
  'the stage is looked at in time': (_, room) =>
    !isOpen(room) || room.stageAt <= Math.max(stageDue(room), _.world.clock.now + 30_000),
  'one stream is on one seat': (_, room) => {
    const streams = heldSeats(room).map(({ doc }) => doc.stream)
    return new Set(streams).size === streams.length && !streams.includes('')
  },
}

/** Every room, with the checks that failed. */
export function faultsAlways(chaos: ChaosWorld): string[] {
  return chaos
    .rooms()
    .flatMap((room) =>
      Object.entries(ALWAYS).flatMap(([name, holds]) => (holds(chaos, room) ? [] : [`${name}: ${room._id}`])),
    )
}

const STARTED = (room: RoomDoc): number => room.startedAt ?? (room.opensAt || room.createdAt)

/** Holds once everything works again and the sweeper has been by. Of an open room. */
const OPEN_ROOM: Readonly<Record<string, Check>> = {
  'viewers are the members who are there': (chaos, room) =>
    room.viewers === presentIn(chaos, room._id).filter((member) => member.present).length,
  'all viewers are at least those at the peak': (_, { totalViewers, peakViewers }) => totalViewers >= peakViewers,
  'a call has somebody in it': (_, { kind, onStage }) => kind !== 'call' || onStage.length > 0,
  'its streams can be pushed': ({ blocked }, room) =>
    [room.stream, ...heldSeats(room).map(({ doc }) => doc.stream)].every((stream) => !blocked.has(stream)),
  'nothing is left to forbid': (_, { forbid }) => forbid.length === 0,
  // A room whose owner never got its slot was never handed out: it is reaped, or its request is repeated.
  'its chat group is there': ({ world }, { _id, anchorId, kind }) =>
    world.groups.has(_id) || kind === 'event' || slotOf(world, anchorId) !== _id,
  'a wished recording runs, and no other': ({ world }, room) => {
    const mine = [...world.vendors.recordings.entries()].filter(([, { tag }]) => tag === room._id)
    const wished = room.record && room.state === 'live'
    const whole = room.recordTask === '' ? [] : [`${room.recordTask} ${room.recordStream}`]
    const tracks = Object.entries(room.tracks ?? {}).map(([stream, task]) => `${task} ${stream}`)
    const running = mine.map(([task, { stream }]) => `${task} ${stream}`)
    return sameSet(running, [...whole, ...tracks]) && (!wished || room.recordTask !== '')
  },
  'nobody of a mixed call is recorded by himself': (_, { mix, tracks = {} }) =>
    mix === '' || Object.keys(tracks).length === 0,
  'what is mixed is what is to be seen': ({ world }, room) => {
    const picture = pictureOf(room)
    const mixed = world.vendors.mixes.get(`mix_${room._id}`)
    if (!picture) return room.mix === '' && room.mixLayout === '' && !mixed
    return room.mixLayout === picture.key && mixed?.output === room.mix && sameTiles(mixed.layout, picture.layout)
  },
  'its PK knows it': ({ world }, { _id, pk }) => {
    const truth = pk && (world.docs('pks') as PkDoc[]).find((doc) => doc._id === pk.pkId)
    if (!pk) return true
    if (!truth || truth.state === 'over') return false
    return [truth.roomId, truth.rivalId].includes(_id) && (pk.state === 'on') === (truth.state === 'on')
  },
  'its place by heat is near its heat': (_, room) => {
    if (!room.listed || room.unsettled || room.settledAt === 0 || !room.listKey) return true
    return movedTo(room, STARTED(room), room.listKey) === null
  },
}

const sameTiles = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The same, of a room that is over. */
const CLOSED_ROOM: Readonly<Record<string, Check>> = {
  'a closed room has no chat group': ({ world }, { _id }) => !world.groups.has(_id),
  'a closed room has no members': (chaos, { _id }) => presentIn(chaos, _id).length === 0,
  'a closed room has an empty stage': (_, { onStage, links, fast, stageAt }) =>
    onStage.length === 0 && Object.keys(links).length === 0 && Object.keys(fast).length === 0 && stageAt === NEVER,
  'a closed room is not recorded': ({ world }, room) =>
    room.recordTask === '' &&
    Object.keys(room.tracks ?? {}).length === 0 &&
    ![...world.vendors.recordings.values()].some(({ tag }) => tag === room._id),
  'a closed room is not mixed': ({ world }, room) => room.mix === '' && !world.vendors.mixes.has(`mix_${room._id}`),
  'a closed room has no PK': (_, { pk }) => pk === null,
  'a closed room holds nobody’s slot': ({ world }, { _id }) =>
    !(world.docs('users') as UserDoc[]).some(({ openRoom }) => openRoom === _id),
  'behind a closed room all is cleared up': (_, { tidyAt, forbid }) => tidyAt === 0 && forbid.length === 0,
}

const WORLD: Readonly<Record<string, (chaos: ChaosWorld, likes: Likes) => string[]>> = {
  'likes are those that were told, at least, and those that were sent, at most': (chaos, likes) =>
    chaos.rooms().flatMap(({ _id, likes: counted }) => {
      const { told, sent } = likes.get(_id) ?? { told: 0, sent: 0 }
      return counted >= told && counted <= sent ? [] : [`${_id}: ${counted}, told ${told}, sent ${sent}`]
    }),
  'what nobody holds can be pushed by nobody': (chaos) => {
    const held = chaos
      .rooms()
      .filter(isOpen)
      .flatMap((room) => [room.stream, ...heldSeats(room).map(({ doc }) => doc.stream)])
    return chaos.streams.filter((stream) => !held.includes(stream) && !chaos.blocked.has(stream))
  },
  // A group may: of a room that could not be opened and was taken back while the chat service did not answer.
  'no recording and no mix belongs to no room': (chaos) => {
    const { recordings, mixes } = chaos.world.vendors
    const known = new Set(chaos.rooms().map(({ _id }) => _id))
    const owners = [...[...recordings.values()].map(({ tag }) => tag), ...[...mixes.keys()].map((key) => key.slice(4))]
    return owners.filter((roomId) => !known.has(roomId))
  },
  // Or a room that was taken back and is nowhere any more: nobody is held up by that.
  'a slot names an open room of its owner': (chaos) => {
    const rooms = new Map(chaos.rooms().map((room) => [room._id, room]))
    const isWrong = ({ _id, openRoom }: UserDoc): boolean => (rooms.get(openRoom)?.anchorId ?? _id) !== _id
    return (chaos.world.docs('users') as UserDoc[]).filter(isWrong).map(({ _id }) => _id)
  },
  'what rings, or waits, has its caller in an open call': (chaos) => {
    const rooms = new Map(chaos.rooms().map((room) => [room._id, room]))
    return (chaos.world.docs('rings') as RingDoc[])
      .filter((ring) => ring.endedAt === 0)
      .filter(({ roomId, callerId }) => !rooms.get(roomId)?.onStage.includes(callerId))
      .map(({ _id }) => _id)
  },
  'a phone is locked only for what rings there': (chaos) => {
    const rings = new Map((chaos.world.docs('rings') as RingDoc[]).map((ring) => [ring._id, ring]))
    const now = chaos.world.clock.now
    return (chaos.world.docs('phones') as PhoneDoc[])
      .filter(({ _id, ringId, ringUntil }) => ringUntil > now && rings.get(ringId)?.agentId !== _id)
      .map(({ _id }) => _id)
  },
  'a PK that is on, or asked, has two sides': (chaos) => {
    const rooms = new Map(chaos.rooms().map((room) => [room._id, room]))
    return (chaos.world.docs('pks') as PkDoc[])
      .filter((pk) => pk.state !== 'over')
      .filter((pk) => ![pk.roomId, pk.rivalId].every((id) => rooms.get(id)?.pk?.pkId === pk._id))
      .map(({ _id }) => _id)
  },
}

/** Nothing is wrong, and the next sweep has something to do. */
export const JUST_CLOSED = 'a room has just closed'
const AFTER_CLOSE_MS = 10_000

/** Everything that is wrong now. */
export function faultsOf(chaos: ChaosWorld, likes: Likes): Faults {
  const faults: Faults = new Map()
  const note = (name: string, what: string[]): void => {
    if (what.length > 0) faults.set(name, [...(faults.get(name) ?? []), ...what])
  }
  for (const room of chaos.rooms()) {
    // Its group outlives a show by some seconds, so that everybody hears of the end.
    if (!isOpen(room) && chaos.world.clock.now <= room.closedAt + AFTER_CLOSE_MS) note(JUST_CLOSED, [room._id])
    else
      for (const [name, holds] of Object.entries(isOpen(room) ? OPEN_ROOM : CLOSED_ROOM)) {
        note(name, holds(chaos, room) ? [] : [room._id])
      }
  }
  for (const [name, find] of Object.entries(WORLD)) note(name, find(chaos, likes))
  return faults
}
