import type { LinkTicket } from '../../../miniprogram/protocol/link'

export const LINK_WAIT_MS = 30_000

export interface Ticket {
  linkId: string
  kind: LinkTicket['kind']
  by: string
  expiresAt: number
}

/** Who waits for a seat, in memory: one ticket for each person and room. */
export class FakeTickets {
  private readonly rooms = new Map<string, Map<string, Ticket>>()
  private made = 0

  constructor(private readonly now: () => number) {}

  /** The ticket of this person, new unless he has one. */
  add(roomId: string, userId: string, what: Pick<Ticket, 'kind' | 'by'>): { link: LinkTicket; isNew: boolean } {
    const old = this.of(roomId).get(userId)
    if (old && old.expiresAt > this.now()) return { link: this.view(userId, old), isNew: false }
    this.made++
    const ticket = { linkId: `link-${this.made}`, ...what, expiresAt: this.now() + LINK_WAIT_MS }
    this.of(roomId).set(userId, ticket)
    return { link: this.view(userId, ticket), isNew: true }
  }

  list(roomId: string): LinkTicket[] {
    return [...this.of(roomId)]
      .filter(([, { expiresAt }]) => expiresAt > this.now())
      .map(([userId, ticket]) => this.view(userId, ticket))
  }

  find(roomId: string, linkId: string): [userId: string, ticket: Ticket | undefined] {
    return [...this.of(roomId)].find(([, ticket]) => ticket.linkId === linkId) ?? ['', undefined]
  }

  drop(roomId: string, userId: string): void {
    this.of(roomId).delete(userId)
  }

  /** Takes away those whose time is over. */
  expire(roomId: string): Ticket[] {
    const over = [...this.of(roomId)].filter(([, { expiresAt }]) => expiresAt <= this.now())
    for (const [userId] of over) this.drop(roomId, userId)
    return over.map(([, ticket]) => ticket)
  }

  private of(roomId: string): Map<string, Ticket> {
    const known = this.rooms.get(roomId) ?? new Map<string, Ticket>()
    this.rooms.set(roomId, known)
    return known
  }

  private view(userId: string, { linkId, kind, expiresAt }: Ticket): LinkTicket {
    const expiresInMs = Math.max(0, expiresAt - this.now())
    return { linkId, kind, user: { userId, name: userId }, expiresInMs }
  }
}
