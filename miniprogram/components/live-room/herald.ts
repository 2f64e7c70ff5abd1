import { type IReactionOptions, reaction } from 'mobx-miniprogram'
import type { LinkState } from '../../stores/live-room/link/types'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { alike, heraldRoom } from '../room/herald'
import type { Ui } from '../room/ui'
import type { LiveRoomEvents } from './events'

type Tell = <K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]) => void

/** The same but for a time that the server's answers say anew. */
const alikeButForTime: IReactionOptions<object | null, boolean> = {
  equals: (a, b) => timeless(a) === timeless(b),
}
const timeless = (detail: object | null): string =>
  JSON.stringify(detail, (key, value: unknown) => (key === 'endsAt' ? undefined : value))

/** Follows a show and tells the page what happens in it. Returns what ends that. */
export function herald(room: LiveRoom, ui: Ui, tell: Tell): () => void {
  const idOf = () => room.room?.roomId ?? ''
  const ends = [
    heraldRoom({ room, ui, kind: 'show', tell, problem: () => room.link?.problem ?? room.desk?.problem ?? null }),
    reaction(
      () => {
        const { viewers, likes, totalViewers, peakViewers } = room.counts
        return { roomId: idOf(), viewers, likes, totalViewers, peakViewers }
      },
      (counts) => counts.roomId && tell('counts', counts),
      alike,
    ),
    reaction(
      () => linkOf(room),
      (link, before) => {
        // That the reason of an end was taken note of is no step.
        const forgotten = link?.phase === 'off' && before?.phase === 'off' && !link.why
        if (link && !forgotten) tell('link', { roomId: idOf(), ...link })
      },
      alikeButForTime as IReactionOptions<Step | null, boolean>,
    ),
    reaction(
      () => ({ roomId: idOf(), requests: requestsOf(room) }),
      (asked) => asked.roomId && tell('requests', asked),
      alikeButForTime,
    ),
    reaction(
      () => room.phase === 'ended',
      (ended) => ended && tell('ended', { roomId: idOf(), reason: room.room?.reason ?? null, summary: room.summary }),
    ),
  ]
  return () => {
    for (const end of ends.splice(0)) end()
  }
}

function requestsOf({ desk }: LiveRoom): LiveRoomEvents['requests']['requests'] {
  return (desk?.requests ?? []).map(({ link, endsAt }) => ({ linkId: link.linkId, ...link.user, endsAt }))
}

type Step = Omit<LiveRoomEvents['link'], 'roomId'>

/** Where a viewer stands; nothing for an anchor. */
function linkOf({ link }: LiveRoom): Step | null {
  if (!link) return null
  const state: { phase: LinkState['phase']; linkId?: string; seat?: number; endsAt?: number | null } = link.state
  const { phase, linkId = '', seat = 0, endsAt = null } = state
  const ended = phase === 'off' ? link.ended : null
  return { phase, linkId, seat, endsAt: endsAt ?? 0, why: ended?.why ?? '', reason: ended?.reason ?? '' }
}
