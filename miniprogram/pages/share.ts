import { pageFor } from './query'

/** What a page asks its component for when it is shared. */
export interface Shared {
  shareCard(what?: unknown): { title: string; imageUrl?: string }
}

/** What of WeChat's share event is looked at: the button that was tapped. */
interface Tapped {
  target?: { dataset?: Record<string, unknown> } | null
}

/** The card of a show or a call for a friend; its path opens that page for this very room (M129). */
export const cardOf = (room: Shared, page: 'room' | 'call', roomId: string, { target }: Tapped) => ({
  ...room.shareCard(target?.dataset?.share),
  path: pageFor(page, roomId),
})

/** The same for the timeline, which takes the query of the page that it is shared from. */
export const timelineOf = (room: Shared, roomId: string) => ({
  ...room.shareCard(),
  query: pageFor('room', roomId).split('?')[1] ?? '',
})
