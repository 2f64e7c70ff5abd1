import { text } from '../../locales/index'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { contextOf, roomPart } from '../shared/room-part'
import { SecondHand } from '../shared/second-hand'
import { texts } from '../shared/texts'
import { countdownOf, NO_COUNTDOWN, reminderOf, waitingOf, whenOf } from './face'

/** An official show before it begins: what, when, how long until then, who else waits, and a reminder. */
Component({
  behaviors: [
    texts({ days: 'event.days', hours: 'event.hours', minutes: 'event.minutes', seconds: 'event.seconds' }),
    roomPart<LiveRoom>(({ room, ui, kit }, onEnd) => {
      const { event } = room
      const clock = { now: () => event.now(), every: kit.clock.every }
      const second = new SecondHand(clock, () => event.stage === 'before' && event.opensAt !== null)
      onEnd(() => second.end())
      const left = () => (event.opensAt === null ? 0 : second.secondsTo(event.opensAt))
      const due = () => event.opensAt !== null && left() === 0
      return {
        heading: () => room.room?.title ?? '',
        soon: () => text(ui.lang, 'event.soon'),
        notice: () => room.room?.notice ?? '',
        when: () => whenOf(ui.lang, event, due()),
        countdown: () => countdownOf(ui.lang, left()),
        waiting: () => waitingOf(ui.lang, room),
        reminder: () => reminderOf(ui.lang, event, due()),
      }
    }),
  ],
  data: {
    heading: '',
    soon: '',
    notice: '',
    when: '',
    countdown: NO_COUNTDOWN,
    waiting: '',
    reminder: { label: '', set: false, off: true },
  },
  methods: {
    remind() {
      if (!this.data.reminder.off) contextOf<LiveRoom>(this).room.event.remind()
    },
  },
})
