import type { Clock } from '../../services/clock'

/** Ids of requests to open a room: the same form again is the same request, so that a retry cannot open a second room. */
export class RequestIds {
  private last: { form: string; id: string } | null = null

  constructor(private readonly clock: Pick<Clock, 'now' | 'random'>) {}

  of(form: string): string {
    if (this.last?.form !== form) {
      const chance = () => this.clock.random().toString(36).slice(2, 12)
      this.last = { form, id: `${this.clock.now().toString(36)}-${chance()}${chance()}` }
    }
    return this.last.id
  }

  /** The request was answered; the same form is another one now. */
  done(): void {
    this.last = null
  }
}
