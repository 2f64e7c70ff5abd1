import { reaction } from 'mobx-miniprogram'
import { localeOf } from '../../locales/index'
import { useKit } from '../../stores/kit'
import { follow } from '../shared/follow'
import { texts } from '../shared/texts'
import { type WaitingWords, wordsOf } from './words'

interface Own {
  ends: (() => void)[]
}
const own = (instance: unknown) => instance as Own

/**
 * The call that this person has asked for, over the page: it rings, waits in a queue, or nobody came. Fires `shown {shown}`,
 * and `enter {roomId}` when somebody has answered: the page opens the call.
 */
Component({
  behaviors: [texts({ cancel: 'ring.cancel', again: 'ring.again', close: 'common.close' })],
  data: { words: null as WaitingWords | null },
  observers: {
    words(words: WaitingWords | null) {
      this.triggerEvent('shown', { shown: words !== null })
    },
  },
  lifetimes: {
    attached() {
      const { outgoing } = useKit().rings
      own(this).ends = [
        follow(this, outgoing, { words: () => wordsOf(outgoing.state, localeOf(this.data.locale)) }, () => true),
        reaction(
          () => (outgoing.state.phase === 'accepted' ? outgoing.state.roomId : null),
          (roomId) => {
            if (roomId === null) return
            outgoing.forget()
            this.triggerEvent('enter', { roomId })
          },
          { fireImmediately: true },
        ),
      ]
    },
    detached() {
      for (const end of own(this).ends.splice(0)) end()
    },
  },
  methods: {
    cancel() {
      void useKit().rings.outgoing.cancel()
    },
    again() {
      void useKit().rings.outgoing.again()
    },
    close() {
      useKit().rings.outgoing.forget()
    },
    /** Keeps a drag from reaching the page. */
    hold() {},
  },
})
