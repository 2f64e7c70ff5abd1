import type { StagePlay } from '../../../miniprogram/protocol/link'
import type { RoomDoc } from '../documents'
import { stagePlay } from '../link/plays'
import { playUrls } from '../live-urls'
import { heldSeats, seatOf } from '../seats'
import type { Parts } from './parts'
import type { AccountDoc, RoomExtrasDoc } from './store'

/** Somebody who pushes, as terminals know him. */
export interface Pusher {
  userID: string
  userName: string
  userAvatar: string
  /** The picture without delay for those who push themselves; what viewers may play, or '', for everybody else (M8). */
  accelerateURL: string
}

/** Where somebody stands in a room. */
export type Role = { at: 'anchor' } | { at: 'seat'; seat: number; epoch: number; until: number } | { at: 'audience' }

export function roleOf(room: RoomDoc, userId: string): Role {
  if (room.kind !== 'call' && room.anchorId === userId) return { at: 'anchor' }
  const seat = seatOf(room, userId)
  return seat ? { at: 'seat', seat: seat.seat, epoch: seat.doc.epoch, until: seat.doc.until } : { at: 'audience' }
}

/** Everybody known by account. People of the mini program have none: they go by their public id. */
export type Names = ReadonlyMap<string, AccountDoc>

export const accountOf = (names: Names, userId: string): string => names.get(userId)?.account ?? userId

/** The parts of rooms that are written in the old protocol's words. */
export function createObjects({ store, config, now }: Pick<Parts, 'store' | 'config' | 'now'>) {
  /** Who is on this stage, the creator first: terminals take `pushers[0]` for the anchor (M78). */
  const peopleOf = (room: RoomDoc, viewer: string): { userId: string; name: string }[] => {
    const seated = heldSeats(room)
      .filter(({ doc }) => doc.state === 'on' || doc.userId === viewer)
      .map(({ doc }) => ({ userId: doc.userId, name: doc.name }))
    const creator = { userId: room.anchorId, name: room.anchorName }
    const others = seated.filter(({ userId }) => userId !== room.anchorId)
    return room.kind !== 'call' || seated.length > others.length ? [creator, ...others] : others
  }

  const namesOf = async (userIds: string[]): Promise<Names> =>
    new Map((await store.accounts(userIds)).map((account) => [account._id, account]))

  /** `shown`: what the caller may play, by user id. */
  const pusherOf = (names: Names, shown: ReadonlyMap<string, string>) => (person: { userId: string; name: string }) => {
    const known = names.get(person.userId)
    return {
      userID: known?.account ?? person.userId,
      userName: known?.name || person.name,
      userAvatar: known?.avatar ?? '',
      accelerateURL: shown.get(person.userId) ?? '',
    }
  }

  const urls = (plays: StagePlay[]): ReadonlyMap<string, string> =>
    new Map(plays.map(({ userId, url }) => [userId, url]))

  /**
   * Those on stage see each other without delay, by signatures that could push. Who watches a live room gets the creator's
   * ordinary address, with which nobody can push; from outside of a call nobody sees anything.
   */
  const shownTo = (room: RoomDoc, viewer: string): ReadonlyMap<string, string> => {
    if (roleOf(room, viewer).at !== 'audience') return urls(stagePlay(config.live, room, now(), viewer))
    if (room.kind === 'call') return new Map()
    return new Map([[room.anchorId, playUrls(config.live, room.stream, now()).flv]])
  }

  const customOf = (extras: RoomExtrasDoc | undefined, second: boolean) => {
    const fields = extras?.custom ?? {}
    const text = JSON.stringify(fields)
    return { custom: second ? fields : text, customInfo: text }
  }

  const roomObject = (
    room: RoomDoc,
    extras: RoomExtrasDoc | undefined,
    names: Names,
    pushers: Pusher[],
    second: boolean,
  ) => ({
    roomID: room._id,
    roomInfo: extras?.roomInfo || room.title,
    roomCreator: accountOf(names, room.anchorId),
    mixedPlayURL: room.kind === 'call' ? '' : playUrls(config.live, room.mix || room.stream, now()).flv,
    ...customOf(extras, second),
    audienceCount: room.viewers,
    roomStatusCode: room.version,
    pushers,
  })

  return {
    namesOf,
    customOf,

    /** Who pushes in this room, as this person may see it. From outside of a call nobody is seen (see `shownTo`). */
    async pushers(room: RoomDoc, viewer: string): Promise<{ pushers: Pusher[]; names: Names }> {
      const hidden = room.kind === 'call' && roleOf(room, viewer).at === 'audience'
      const people = hidden ? [] : peopleOf(room, viewer)
      const names = await namesOf([room.anchorId, ...people.map(({ userId }) => userId)])
      return { pushers: people.map(pusherOf(names, shownTo(room, viewer))), names }
    },

    roomObject,

    /** Rows of a list: whoever pushes, and nothing that could be pushed with (M8). */
    async rows(rooms: RoomDoc[], extras: ReadonlyMap<string, RoomExtrasDoc>, second: boolean) {
      const people = rooms.map((room) => peopleOf(room, ''))
      const names = await namesOf([
        ...rooms.map(({ anchorId }) => anchorId),
        ...people.flat().map(({ userId }) => userId),
      ])
      const row = pusherOf(names, new Map())
      return rooms.map((room, i) => roomObject(room, extras.get(room._id), names, (people[i] ?? []).map(row), second))
    },
  }
}

export type Objects = ReturnType<typeof createObjects>
