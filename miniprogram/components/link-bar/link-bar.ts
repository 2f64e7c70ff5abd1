import { reaction } from 'mobx-miniprogram'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { needOf } from '../room/card'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { SecondHand } from '../shared/second-hand'
import { texts } from '../shared/texts'
import { BARE, doDeed, type LinkFace, linkFaceOf } from './link-face'

/** How long (ms) it is said how a way to the stage ended, or what went wrong with it. */
const SAID_MS = 10_000

/** What a viewer has to know or to answer; nothing while he is not on his way, or a sheet is open. */
function barOf({ room, ui }: RoomContext<LiveRoom>, second: SecondHand): LinkFace {
  const { link } = room
  if (!link || link.state.phase === 'on' || ui.sheet !== null) return BARE
  if (link.state.phase === 'off' && !link.ended && !link.problem) return BARE
  return linkFaceOf(room, ui.lang, second)
}

/** What waits for an answer is not left behind a sheet, it takes its place; a missing permission opens the sheet as well. */
const askInSheet = ({ room: { link }, ui }: RoomContext<LiveRoom>) =>
  reaction(
    () => [link?.state.phase === 'invited' || link?.state.phase === 'held', needOf(link?.problem ?? null)] as const,
    ([asks, need]) => {
      if (need || (asks && ui.sheet !== null)) ui.open('link')
    },
    { equals: (a, b) => a.join() === b.join() },
  )

/** What has been said for a while is over. */
function forgetLater({ room: { link }, kit }: RoomContext<LiveRoom>): () => void {
  let cancel = () => {}
  const ignore = reaction(
    () => link?.state.phase === 'off' && (link.ended ?? link.problem),
    (said) => {
      cancel()
      cancel = said ? kit.clock.after(SAID_MS, () => link?.forget()) : () => {}
    },
    { fireImmediately: true },
  )
  return () => {
    ignore()
    cancel()
  }
}

/**
 * Where a viewer stands on his way to the stage, with what he can answer: one thing at a time, under the header, where it
 * covers neither the talk nor his own picture (P59).
 */
Component({
  behaviors: [
    texts({ close: 'common.close' }),
    roomPart<LiveRoom>(
      (context, onEnd) => {
        const { link } = context.room
        const second = new SecondHand(context.kit.clock, () => link !== null && 'endsAt' in link.state)
        onEnd(() => second.end())
        return { bar: () => barOf(context, second), busy: () => link?.busy ?? false }
      },
      (_, context) => {
        const ends = [askInSheet(context), forgetLater(context)]
        return () => {
          for (const end of ends) end()
        }
      },
    ),
  ],
  data: { bar: BARE, busy: false },
  methods: {
    main() {
      doDeed(contextOf<LiveRoom>(this), this.data.bar.main)
    },
    other() {
      doDeed(contextOf<LiveRoom>(this), this.data.bar.other)
    },
  },
})
