import { type IReactionOptions, reaction } from 'mobx-miniprogram'
import type { LinkState } from '../../stores/live-room/link/types'
import type { LiveRoom } from '../../stores/live-room/live-room'
import type { ChatLine } from '../../stores/room/chat'
import type { RoomFault } from '../../stores/room/fault'
import { wordsOf } from '../room/card'
import type { Ui } from '../room/ui'
import type { LiveRoomEvents } from './events'

type Tell = <K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]) => void

const alike: IReactionOptions<object, boolean> = { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) }

/** The same but for a time that the server's answers say anew. */
const alikeButForTime: IReactionOptions<object | null, boolean> = {
  equals: (a, b) => timeless(a) === timeless(b),
}
const timeless = (detail: object | null): string =>
  JSON.stringify(detail, (key, value: unknown) => (key === 'endsAt' ? undefined : value))

/** Follows a room and tells the page what happens in it. Returns what ends that. */
export function herald(room: LiveRoom, ui: Ui, tell: Tell): () => void {
  const idOf = () => room.room?.roomId ?? ''

  const failed = (fault: RoomFault | null, during: LiveRoomEvents['error']['during']) => {
    if (!fault) return
    const { code, fatal, remedy } = fault
    tell('error', { roomId: idOf(), code, fatal, remedy, during, ...wordsOf(ui.lang, fault) })
  }

  const said = (lines: readonly ChatLine[], past: boolean) => {
    if (past) return
    for (const line of lines) {
      if (line.kind !== 'barrage') continue
      const { id, userId, name, text, mine, failed = false } = line
      tell('text', { roomId: idOf(), id, userId, name, text, mine, failed })
    }
  }

  const ends = [
    reaction(idOf, (roomId) => {
      if (roomId && room.role === 'anchor' && !ui.resuming) tell('created', { roomId })
    }),
    reaction(
      () => ({ roomId: idOf(), title: room.room?.title ?? '', anchorName: room.room?.anchor.name ?? '' }),
      (show) => show.roomId && tell('room', show),
      alike,
    ),
    reaction(
      () => room.phase,
      (phase) => tell('state', { roomId: idOf(), phase }),
    ),
    reaction(
      () => {
        const { viewers, likes, totalViewers, peakViewers } = room.counts
        return { roomId: idOf(), viewers, likes, totalViewers, peakViewers }
      },
      (counts) => counts.roomId && tell('counts', counts),
      alike,
    ),
    reaction(
      () => ({ roomId: idOf(), people: peopleOf(room) }),
      (stage) => stage.roomId && tell('people', stage),
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
    reaction(
      () => room.fault,
      (fault) => failed(fault, 'show'),
    ),
    reaction(
      () => room.link?.problem ?? room.desk?.problem ?? null,
      (fault) => failed(fault, 'link'),
    ),
    room.chat.onBatch(said),
    room.chat.onCustom((message) => tell('custom', { roomId: idOf(), ...message })),
  ]
  return () => {
    for (const end of ends.splice(0)) end()
  }
}

function peopleOf({ stage }: LiveRoom): LiveRoomEvents['people']['people'] {
  return stage.places
    .filter(({ slot }) => slot !== 'rival')
    .map(({ user, seat, me, state, micOff, cameraOff }) => ({ ...user, seat, me, state, micOff, cameraOff }))
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
