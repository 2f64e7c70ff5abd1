import type { Role } from '../../../stores/live-room/live-room'
import type { FaultCode } from '../../../stores/room/fault'
import type { LiveRoomEvents } from '../events'
import { codeOf, ROOM_CLOSED } from './codes'
import { TAGS } from './table'

/** The `detail` of an event of the older API. `roomId` is ours: every event carries it (M105). */
export interface OldEvent {
  tag: string
  code: number
  detail: unknown
  roomID: string
  roomId: string
}

type Fact = keyof typeof TAGS
type Words<K extends keyof LiveRoomEvents> = (detail: LiveRoomEvents[K]) => OldEvent[]

/** Faults that the component deals with: it asks the user, or goes on by itself. */
const IN_HAND: readonly FaultCode[] = ['privacy', 'permission-camera', 'permission-microphone', 'already-live']

const two = (n: number): string => `${n}`.padStart(2, '0')

/** As the chat SDK of that time wrote it: `2018-05-04 21:07:00`, local time. */
function stampOf(ms: number): string {
  const at = new Date(ms)
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`
}

/**
 * Says in the words of the older API what ours tells. Where 2018 and 2020 had different tags for one thing, both are
 * said; a page of either time knows one of them.
 */
export class Interpreter {
  private opened = ''
  private linked = false
  /** Who waits: link id by user id. */
  private waiting: ReadonlyMap<string, string> = new Map()
  private readonly words: { readonly [K in keyof LiveRoomEvents]?: Words<K> } = {
    created: (detail) => this.created(detail),
    room: (detail) => this.created(detail),
    requests: (detail) => this.requests(detail),
    link: (detail) => this.link(detail),
    text: (detail) => this.text(detail),
    ended: (detail) => this.ended(detail),
    error: (detail) => this.error(detail),
  }

  /** @param now server time, ms */
  constructor(
    private readonly role: () => Role,
    private readonly now: () => number,
  ) {}

  /** The link id of this person's request, or '' when he does not wait any more. */
  linkOf(userId: string): string {
    return this.waiting.get(userId) ?? ''
  }

  /** A line was not even taken. */
  notSent(roomId: string, line: string): OldEvent[] {
    return told('textFailed', roomId, line)
  }

  /** Everything to be told for one of our events; most mean nothing there. */
  say<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]): OldEvent[] {
    const say: Words<K> | undefined = this.words[event]
    return say ? say(detail) : []
  }

  private created({ roomId }: { roomId: string }): OldEvent[] {
    // Of a show that goes on, ours tells only what it is called.
    if (this.role() !== 'anchor' || this.opened === roomId) return []
    this.opened = roomId
    return told('created', roomId, 'room created')
  }

  private requests({ roomId, requests }: LiveRoomEvents['requests']): OldEvent[] {
    const before = new Set(this.waiting.values())
    this.waiting = new Map(requests.map(({ userId, linkId }) => [userId, linkId]))
    return requests
      .filter(({ linkId }) => !before.has(linkId))
      .flatMap(({ userId, name, linkId }) =>
        told('request', roomId, { userID: userId, userName: name, userAvatar: '', linkID: linkId }),
      )
  }

  private link({ roomId, phase, why, reason }: LiveRoomEvents['link']): OldEvent[] {
    const before = this.linked
    this.linked = phase === 'on'
    if (phase === 'on') return before ? [] : told('linkOn', roomId, 'link on')
    if (before) return told('linkOut', roomId, reason || 'link out')
    return phase === 'off' && why ? told('linkFailed', roomId, reason || why) : []
  }

  private text({ roomId, userId, name, text, failed, mine }: LiveRoomEvents['text']): OldEvent[] {
    if (failed) return mine ? told('textFailed', roomId, text) : []
    const time = this.now()
    return told('text', roomId, {
      roomID: roomId,
      userID: userId,
      userName: name,
      userAvatar: '',
      message: text,
      time: stampOf(time),
      // What a page of 2020 was handed: a message of the chat SDK, as far as a page reads it.
      msg: { from: userId, nick: name, avatar: '', time: Math.floor(time / 1000), payload: { text } },
    })
  }

  private ended({ roomId, reason }: LiveRoomEvents['ended']): OldEvent[] {
    const byHimself = this.role() === 'anchor' && (reason === null || reason === 'ended-by-anchor')
    return byHimself ? [] : told('closed', roomId, 'room closed')
  }

  /** An older page leaves on nearly every error (M113), so it is told only what ended its room or kept it from opening. */
  private error({ roomId, code, fatal, title, during }: LiveRoomEvents['error']): OldEvent[] {
    if (during === 'link') return told('linkFailed', roomId, title)
    if (!fatal && (roomId !== '' || IN_HAND.includes(code))) return []
    const number = codeOf(code, this.role())
    return number === ROOM_CLOSED ? told('closed', roomId, title) : told('failed', roomId, title, number)
  }
}

const told = (fact: Fact, roomId: string, detail: unknown, code: number = TAGS[fact].code ?? 0): OldEvent[] =>
  TAGS[fact].tags.map((tag) => ({ tag, code, detail, roomID: roomId, roomId }))
