import type { RtcRoomEvents } from '../events'
import { codeOf } from './codes'
import { EVENTS, TAGS } from './table'

/** The `detail` of an event of the older API. `roomId` is ours: every event carries it (M105). */
export interface OldEvent {
  tag: string
  code: number
  detail: unknown
  roomID: string
  roomId: string
}

export interface OlderPageDeps {
  /** The page has named no call to come into. */
  opens(): boolean
  /** Server time, ms. */
  now(): number
  fire(name: (typeof EVENTS)[number], detail: OldEvent): void
}

/** Says to a page written for the component of 2018 or 2020, in its words, what happens. */
export class OlderPage {
  constructor(private readonly deps: OlderPageDeps) {}

  /** Our own event was fired; most mean nothing there. */
  hear<K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]): void {
    if (event === 'text') this.text(detail as RtcRoomEvents['text'])
    else if (event === 'ended') this.tell('closed', detail.roomId, '')
    else if (event === 'error') this.failed(detail as RtcRoomEvents['error'])
  }

  /** It was handed JSON, with names of its own. */
  private text({ roomId, userId, name, text, failed }: RtcRoomEvents['text']): void {
    if (failed) return
    const said = { roomID: roomId, userID: userId, nickName: name, headPic: '', textMsg: text, time: this.deps.now() }
    this.tell('text', roomId, JSON.stringify(said))
  }

  /** Such a page leaves on every error (M113): it is told only what ended its call, or kept it from opening. */
  private failed({ roomId, code, fatal, title }: RtcRoomEvents['error']): void {
    if (code === 'room-closed') this.tell('closed', roomId, title)
    else if (fatal || roomId === '') this.tell('failed', roomId, title, codeOf(code, this.deps.opens()))
  }

  private tell(fact: keyof typeof TAGS, roomId: string, detail: unknown, code: number = TAGS[fact].code ?? 0): void {
    for (const tag of TAGS[fact].tags) {
      for (const name of EVENTS) this.deps.fire(name, { tag, code, detail, roomID: roomId, roomId })
    }
  }
}
