import type { LinkState } from '../live-room/link/types'
import type { Attended } from './part'

/** Who waits asks the server this often (ms): the word that he was accepted may be lost, and a seat is not held for long. */
const LOOK_MS = 10_000
/** A time that is over by our clock is over at the server a moment later (ms), or after the next look. */
const MARGIN_MS = 1000

/** Follows what ends by time; `expired` is called when it did. The server's word about it may be lost, so it is asked. */
export function follow(state: LinkState, { scope, visit }: Attended, expired: () => void): () => void {
  if (!('endsAt' in state) || state.endsAt === null) return () => {}
  const life = scope.child()
  const look = () => visit.loop.now()
  if (state.phase === 'waiting') life.every(LOOK_MS, look)
  life.after(Math.max(0, state.endsAt - scope.clock.now()) + MARGIN_MS, () => {
    if (state.phase === 'invited') expired()
    else if (state.phase === 'waiting') life.guard(visit.ask()).then(expired, expired)
    else {
      // The room says when the seat is somebody else's.
      look()
      life.every(LOOK_MS, look)
    }
  })
  return () => life.end()
}
