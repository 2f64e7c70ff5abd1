import { type Key, localeOf, text } from '../../locales/index'
import type { EventStage } from '../../stores/live-room/event/stage'
import { texts } from '../shared/texts'
import { type Figure, figuresOf } from './figures'

/** How it ended, in words. */
function endingOf(event: EventStage, owner: boolean, stopped: boolean): { title: Key; words: Key } {
  if (event === 'cancelled') return { title: 'event.cancelled', words: 'event.cancelledHint' }
  // Operators end events; that is nothing to be told about.
  if (event !== '') return { title: 'event.over', words: 'end.thanks' }
  if (owner) return { title: 'end.selfTitle', words: stopped ? 'end.selfStopped' : 'end.selfThanks' }
  return { title: 'end.title', words: stopped ? 'end.stopped' : 'end.thanks' }
}

/**
 * The closing figures of a show. `known` is false when the server has not told them. The slot is for what was recorded.
 * Fires `home`; the owner's button shares through the page.
 */
Component({
  behaviors: [texts({ home: 'end.home', share: 'end.share' })],
  properties: {
    /** True for the anchor, who is thanked differently and knows more. */
    owner: { type: Boolean, value: false },
    /** Where an official show stands; '' for any other. */
    event: { type: String, value: '' as EventStage },
    heading: { type: String, value: '' },
    known: { type: Boolean, value: true },
    /** The operator has ended the show. */
    stopped: { type: Boolean, value: false },
    durationMs: { type: Number, value: 0 },
    viewers: { type: Number, value: 0 },
    peak: { type: Number, value: 0 },
    likes: { type: Number, value: 0 },
    /** People who were on stage, and lines of the chat; 0: not counted. */
    guests: { type: Number, value: 0 },
    lines: { type: Number, value: 0 },
  },
  data: { title: '', words: '', figures: [] as Figure[] },
  observers: {
    'owner, event, stopped, locale'(owner: boolean, event: EventStage, stopped: boolean, tag: string) {
      const { title, words } = endingOf(event, owner, stopped)
      const plain = text as (locale: ReturnType<typeof localeOf>, key: Key) => string
      const locale = localeOf(tag)
      this.setData({ title: plain(locale, title), words: plain(locale, words) })
    },
    'owner, durationMs, viewers, peak, likes, guests, lines, locale'() {
      this.setData({ figures: figuresOf(localeOf(this.data.locale), this.data) })
    },
  },
  methods: {
    home() {
      this.triggerEvent('home')
    },
  },
})
