import { type Key, type Locale, text } from '../../locales/index'
import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

type Choice = 'flip' | 'beauty' | 'devices' | 'hold' | 'share' | 'people' | 'stats'

interface Item {
  id: Choice
  icon: string
  name: string
  on: boolean
}

/** What there is beside the bar; a camera that is off has nothing to set. */
function itemsOf(lang: Locale, { publisher, hold }: RtcRoom): Item[] {
  const item = (id: Choice, icon: string, key: Key, on = false): Item => {
    return { id, icon, name: (text as (lang: Locale, key: Key) => string)(lang, key), on }
  }
  const seen = publisher.cameraOn && !hold.away
  return [
    ...(seen ? [item('flip', 'flip', 'device.flip'), item('beauty', 'beauty', 'device.beauty')] : []),
    item('devices', 'more', 'device.moreLabel'),
    item('hold', 'pause', hold.away ? 'call.unhold' : 'call.hold', hold.away),
    item('share', 'share', 'call.share'),
    item('people', 'people', 'call.who'),
    item('stats', 'quality', 'call.figures'),
  ]
}

/** Everything in a call that is not needed at any moment. */
Component({
  behaviors: [
    texts({ title: 'call.more' }),
    roomPart<RtcRoom>(({ room, ui }) => ({ items: () => itemsOf(ui.lang, room), lang: () => ui.lang })),
  ],
  data: { items: [] as Item[], lang: '' },
  methods: {
    choose(e: WechatMiniprogram.TouchEvent<never, never, { id: Choice }>) {
      const { room, ui } = contextOf<RtcRoom>(this)
      const { id } = e.currentTarget.dataset
      if (id !== 'flip' && id !== 'hold') return ui.open(id)
      if (id === 'flip') room.publisher.flip()
      else room.hold.setAway(!room.hold.away)
      ui.open(null)
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
