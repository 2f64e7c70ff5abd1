/** What the address and the head of this page say. */
export interface Place {
  /** Where the room service is, without a slash at the end. */
  readonly baseUrl: string
  /** Who gives a bearer token to whoever is logged in there; '' where the local stand-in does. */
  readonly loginUrl: string
  /** The user of the local stand-in; '' until one is chosen. */
  readonly user: string
  /** A tag such as `zh-CN`. */
  readonly language: string
  /** What to open first; the lobby without it. */
  readonly open: Opening
}

/** A thing that the desk can show. */
export type Opening =
  | { readonly kind: 'lobby' }
  | { readonly kind: 'anchor'; readonly roomId: string }
  | { readonly kind: 'watch'; readonly roomId: string }
  /** Without an id a new one is to be opened. */
  | { readonly kind: 'call'; readonly roomId: string }
  /** The call that a ring leads into. `consent`: who takes it has read that it is recorded. */
  | { readonly kind: 'answer'; readonly ringId: string; readonly consent: boolean }
  | { readonly kind: 'queue' }

const ROOM_ID = /^[\w-]{1,64}$/
const USER = /^(?=.*[A-Za-z])[A-Za-z0-9_-]{1,64}$/

const idOf = (query: URLSearchParams, name: string): string => {
  const id = query.get(name) ?? ''
  return ROOM_ID.test(id) ? id : ''
}

function openingOf(query: URLSearchParams): Opening {
  const anchor = idOf(query, 'anchor')
  if (anchor) return { kind: 'anchor', roomId: anchor }
  const call = idOf(query, 'call')
  if (call) return { kind: 'call', roomId: call }
  if (query.has('queue')) return { kind: 'queue' }
  const room = idOf(query, 'room')
  return room ? { kind: 'watch', roomId: room } : { kind: 'lobby' }
}

/** The query that opens this again, beside what else the address says. */
export function queryOf(search: string, opening: Opening): string {
  const query = new URLSearchParams(search)
  for (const name of ['anchor', 'call', 'queue', 'room']) query.delete(name)
  if (opening.kind === 'anchor' && opening.roomId) query.set('anchor', opening.roomId)
  if (opening.kind === 'call' && opening.roomId) query.set('call', opening.roomId)
  if (opening.kind === 'queue') query.set('queue', '')
  if (opening.kind === 'watch') query.set('room', opening.roomId)
  return query.toString()
}

/** The id of a call in what somebody has pasted: itself, or a link that names it. */
export function callIdOf(text: string): string {
  const pasted = text.trim()
  const query = new URLSearchParams(/\?([^#]*)/.exec(pasted)?.[1])
  const id = query.get('call') ?? query.get('roomId') ?? query.get('room') ?? pasted
  return ROOM_ID.test(id) ? id : ''
}

/**
 * Reads the page: `?user=`, `?lang=`, `?anchor=`, `?call=`,
 * `?queue` or `?room=`, and the `room-service` and `room-login` of its head. What is
 * misshapen is left out.
 * @param languages of the browser, the favourite first
 */
export function placeOf(
  { origin, search }: Pick<Location, 'origin' | 'search'>,
  meta: (name: string) => string,
  languages: readonly string[],
): Place {
  const query = new URLSearchParams(search)
  const user = query.get('user') ?? ''
  return {
    baseUrl: meta('room-service').replace(/\/+$/, '') || origin,
    loginUrl: meta('room-login'),
    user: USER.test(user) ? user : '',
    language: query.get('lang') ?? languages[0] ?? '',
    open: openingOf(query),
  }
}
