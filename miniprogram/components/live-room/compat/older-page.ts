import type { Role } from '../../../stores/live-room/live-room'
import type { LiveRoomEvents } from '../events'
import type { LiveRoomMethods } from '../methods'
import { Interpreter, type OldEvent } from './interpreter'
import { userIdOf } from './people'
import { EVENTS } from './table'

/** The component, as an older page meets it. */
export interface OlderPageDeps {
  role(): Role
  /** Server time, ms. */
  now(): number
  fire(name: (typeof EVENTS)[number], detail: OldEvent): void
  readonly methods: Pick<LiveRoomMethods, 'retry' | 'requestLink' | 'confirmLink' | 'respondLink' | 'sendText'>
}

/** A page that was written for the component of 2018 or 2020: what it hears, and what it expects to happen by itself. */
export class OlderPage {
  private readonly interpreter: Interpreter
  private asked = false
  private roomId = ''

  /** @param old whether the page is known to be one; an event in two languages does no harm to any other */
  constructor(
    private readonly deps: OlderPageDeps,
    private readonly old: () => boolean,
  ) {
    this.interpreter = new Interpreter(
      () => deps.role(),
      () => deps.now(),
    )
  }

  /** Our own event was fired. */
  hear<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]): void {
    this.roomId = detail.roomId
    this.fire(this.interpreter.say(event, detail))
    if (event === 'link') this.step(detail as LiveRoomEvents['link'])
    // It knows no question about a show that was left open; it asked for one, and there it is.
    const left = event === 'error' && (detail as LiveRoomEvents['error']).code === 'already-live'
    if (left && this.old()) void this.deps.methods.retry()
  }

  requestLink(): Promise<void> {
    this.asked = true
    return this.deps.methods.requestLink()
  }

  /** @param who the person of the event, or that event */
  respondLink(accept: boolean, who: unknown): Promise<void> {
    const linkId = this.interpreter.linkOf(userIdOf(who))
    return linkId ? this.deps.methods.respondLink(linkId, accept) : Promise.resolve()
  }

  async sendText(line: string): Promise<void> {
    if (!(await this.deps.methods.sendText(line))) this.fire(this.interpreter.notSent(this.roomId, line))
  }

  /** Who asked by an older name is on stage once he is let; nobody there knew a question in between. */
  private step({ phase }: LiveRoomEvents['link']): void {
    if (phase === 'held' && this.asked) void this.deps.methods.confirmLink()
    if (phase === 'off') this.asked = false
  }

  private fire(events: readonly OldEvent[]): void {
    for (const event of events) for (const name of EVENTS) this.deps.fire(name, event)
  }
}
