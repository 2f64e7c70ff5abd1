import { LIMITS } from '../../protocol/limits'
import type { LinkTicket } from '../../protocol/link'
import type { PersonalMessage, PkNews } from '../../protocol/messages'
import type { RingNews } from '../../protocol/ring'
import { plainText } from './plain-text'
import { type Fields, fieldsOf, isCount, isText } from './shapes'

type Kind<T extends PersonalMessage['type']> = Extract<PersonalMessage, { type: T }>

const ANSWERS: readonly Kind<'link-answer'>['answer'][] = ['accepted', 'rejected', 'cancelled', 'expired']
const SEAT_NEWS: readonly Kind<'seat'>['what'][] = ['kicked', 'quieted']
const MEASURES: readonly Kind<'order'>['what'][] = ['muted', 'removed', 'banned']
const PK_NEWS: readonly PkNews[] = ['asked', 'accepted', 'refused', 'cancelled', 'expired', 'ended']

const RING_NEWS: readonly RingNews[] = ['ringing', 'waiting', 'accepted', 'refused', 'cancelled', 'missed', 'over']

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value)

function ticketOf(value: unknown): LinkTicket | null {
  const link = fieldsOf(value)
  const user = fieldsOf(link?.user)
  const kind = oneOf<LinkTicket['kind']>(['request', 'invite'], link?.kind)
  if (!link || !kind || !isText(link.linkId) || !isText(user?.userId) || !isCount(link.expiresInMs)) return null
  const name = isText(user.name) ? plainText(user.name, LIMITS.nameMax) : ''
  return { linkId: link.linkId, kind, user: { userId: user.userId, name }, expiresInMs: link.expiresInMs }
}

function answerOf(roomId: string, message: Fields): Kind<'link-answer'> | null {
  const { linkId, seat, reason } = message
  const answer = oneOf(ANSWERS, message.answer)
  if (!answer || !isText(linkId)) return null
  return {
    type: 'link-answer',
    roomId,
    linkId,
    answer,
    ...(isCount(seat) ? { seat } : {}),
    ...(isText(reason) ? { reason: plainText(reason, LIMITS.reasonMax) } : {}),
  }
}

const READERS: { [T in PersonalMessage['type']]: (roomId: string, message: Fields) => Kind<T> | null } = {
  link: (roomId, message) => {
    const link = ticketOf(message.link)
    return link && { type: 'link', roomId, link }
  },
  'link-answer': answerOf,
  seat: (roomId, message) => {
    const what = oneOf(SEAT_NEWS, message.what)
    return what ? { type: 'seat', roomId, what } : null
  },
  order: (roomId, { what, seconds }) => {
    const measure = oneOf(MEASURES, what)
    return measure ? { type: 'order', roomId, what: measure, ...(isCount(seconds) ? { seconds } : {}) } : null
  },
  pk: (roomId, { what, pkId }) => {
    const news = oneOf(PK_NEWS, what)
    return news && isText(pkId) ? { type: 'pk', roomId, pkId, what: news } : null
  },
  ring: (roomId, { what, ringId }) => {
    const news = oneOf(RING_NEWS, what)
    return news && isText(ringId) ? { type: 'ring', roomId, ringId, what: news } : null
  },
}

/** What the server says to this user alone about the room `roomId`; null for anything else (M83). */
export function readPersonal(roomId: string, data: unknown): PersonalMessage | null {
  const message = fieldsOf(data)
  if (!message || message.roomId !== roomId || !isText(message.type)) return null
  const type = oneOf(Object.keys(READERS) as PersonalMessage['type'][], message.type)
  return type ? READERS[type](roomId, message) : null
}
