import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Context } from '../context'
import type { LinkDoc, RoomDoc, UserDoc } from '../documents'
import { isInCharge, limited, openRoom, roomInCharge } from '../guards'
import { newLinkId } from '../ids'
import { refuseBanned } from '../order/banned'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { seatsOf } from '../seats'
import { checkText } from '../text'
import { ticketOf, ticketsOf, waitingIn } from './plays'
import type { Moves } from './stage'

const ASK_EVERY_MS = 1000
const INVITE_EVERY_MS = 500
/** A try fails for a reason that the next look at the room finds, or because the queue has moved meanwhile. */
const TRIES = 10

interface Waiting {
  room: RoomDoc
  ticket: LinkDoc
  isNew: boolean
}

/** Requests and invitations: asking, taking back, refusing. Accepting is in accept.ts. */
export function createTickets({ deps }: Context, { tell, tellInCharge }: Moves) {
  const { store, config, now } = deps

  /** The person, or null when nothing is known about him. Refuses whoever may not be in this room. */
  const welcome = async (roomId: string, userId: string): Promise<UserDoc | null> => {
    const [sanction, user] = await Promise.all([store.sanction(roomId, userId), store.user(userId)])
    refuseBanned(sanction, user)
    return user
  }

  const queueFull = () => new Refusal('full', 'too many wait already', { what: 'queue' })

  /** Whether somebody could wait for a seat here at all. */
  const mayWait = (room: RoomDoc, userId: string): void => {
    if (seatsOf(room).length === 0) throw new Refusal('forbidden', 'this room has no seats')
    if (userId === room.anchorId) throw new Refusal('forbidden', 'the anchor needs no seat')
    if (room.onStage.includes(userId)) throw new Refusal('forbidden', 'this person is on stage already')
  }

  /** What is over makes way at once for those who come, without waiting for the sweeper. */
  const makeWay = async (room: RoomDoc, userId: string): Promise<void> => {
    const crowded = room.linksUsed >= LIMITS.linkQueueMax
    const over = Object.entries(room.links).filter(
      ([waits, { expiresAt }]) => expiresAt <= now() && (crowded || waits === userId),
    )
    await Promise.all(over.map(([waits, { linkId }]) => store.expireTicket(room._id, waits, linkId, now())))
  }

  /** The person waits: by the ticket that he has, or by a new one, of which each `who` gets one per `everyMs` and `tag`. */
  const wait = async (
    seen: RoomDoc,
    userId: string,
    what: Pick<LinkDoc, 'kind' | 'name' | 'by'>,
    limit: { everyMs: number; tag: string },
  ): Promise<Waiting> => {
    let room = seen
    for (let i = 0; i < TRIES; i++) {
      mayWait(room, userId)
      const old = room.links[userId]
      if (old && old.expiresAt > now()) return { room, ticket: old, isNew: false }
      if (i === 0) await limited(deps, `${what.kind}:${what.by}`, limit.everyMs, limit.tag)
      await makeWay(room, userId)
      const at = now()
      const ticket = { linkId: newLinkId(deps.randomBytes), ...what, at, expiresAt: at + config.linkWaitMs }
      const after = await store.addTicket(room._id, userId, ticket, LIMITS.linkQueueMax)
      if (after) return { room: after, ticket, isNew: true }
      room = await openRoom(deps, room._id)
      if (!room.links[userId] && waitingIn(room, now()).length >= LIMITS.linkQueueMax) throw queueFull()
    }
    throw queueFull()
  }

  const find = (room: RoomDoc, linkId: string): [userId: string, ticket: LinkDoc] | null =>
    Object.entries(room.links).find(([, ticket]) => ticket.linkId === linkId) ?? null

  return {
    async 'link.request'({ userId }: Caller, { roomId }: Input<'link.request'>) {
      const [seen, user] = await Promise.all([openRoom(deps, roomId), welcome(roomId, userId)])
      if (seen.kind === 'call') throw new Refusal('forbidden', 'nobody waits for a call: enter it')
      // Two taps see the same stage and count as one; who asks, cancels and asks again sees another.
      const limit = { everyMs: ASK_EVERY_MS, tag: `${roomId}:${seen.stageRev}` }
      const request = { kind: 'request' as const, name: user?.name ?? '', by: userId }
      const { room, ticket, isNew } = await wait(seen, userId, request, limit)
      const link = ticketOf(userId, ticket, now())
      if (isNew) await tellInCharge(room, { type: 'link', roomId, link })
      const queue = waitingIn(room, now()).filter(([, { kind }]) => kind === ticket.kind)
      return { link, position: queue.findIndex(([, { linkId }]) => linkId === ticket.linkId) + 1 }
    },

    async 'link.invite'(caller: Caller, { roomId, userId }: Input<'link.invite'>) {
      const [seen, user] = await Promise.all([roomInCharge(deps, caller, roomId), welcome(roomId, userId)])
      const limit = { everyMs: INVITE_EVERY_MS, tag: `${roomId}:${userId}:${seen.stageRev}` }
      const invitation = { kind: 'invite' as const, name: user?.name ?? '', by: caller.userId }
      const { ticket, isNew } = await wait(seen, userId, invitation, limit)
      const link = ticketOf(userId, ticket, now())
      if (isNew) await tell(userId, { type: 'link', roomId, link })
      return { link }
    },

    async 'link.list'(caller: Caller, { roomId }: Input<'link.list'>) {
      return { links: ticketsOf(await roomInCharge(deps, caller, roomId), now()) }
    },

    async 'link.cancel'(caller: Caller, { roomId, linkId }: Input<'link.cancel'>) {
      const room = await openRoom(deps, roomId)
      const [userId, ticket] = find(room, linkId) ?? []
      if (userId === undefined || !ticket) return { cancelled: false }
      const mine = ticket.kind === 'request' ? userId === caller.userId : isInCharge(room, caller.userId)
      const cancelled = mine && (await store.removeTicket(roomId, userId, linkId)) !== null
      const word = { type: 'link-answer', roomId, linkId, answer: 'cancelled' } as const
      if (cancelled) await (ticket.kind === 'request' ? tellInCharge(room, word) : tell(userId, word))
      return { cancelled }
    },

    async 'link.reject'(caller: Caller, { roomId, linkId, reason }: Input<'link.reject'>) {
      const room = await openRoom(deps, roomId)
      const [userId, ticket] = find(room, linkId) ?? []
      if (userId === undefined || !ticket) return { rejected: false }
      mayAnswer(room, caller.userId, userId, ticket)
      await checkText(deps, caller, { reason })
      const rejected = (await store.removeTicket(roomId, userId, linkId)) !== null
      const word = { type: 'link-answer', roomId, linkId, answer: 'rejected' } as const
      if (rejected) {
        await Promise.all([
          tell(ticket.by, reason ? { ...word, reason } : word),
          ticket.kind === 'request' ? tellInCharge(room, word, caller.userId) : null,
        ])
      }
      return { rejected }
    },
  }
}

/** A request is answered by those who keep order, an invitation by the person who was invited. */
export function mayAnswer(room: RoomDoc, callerId: string, userId: string, { kind }: LinkDoc): void {
  if (kind === 'request' ? isInCharge(room, callerId) : callerId === userId) return
  throw new Refusal(
    'forbidden',
    kind === 'request' ? 'the anchor answers this' : 'only the invited person answers this',
  )
}
