import { type Heart, launch, restingHearts } from './pool'

/** Hearts in one update at most this often (ms). */
const RHYTHM_MS = 200

/**
 * Hearts that float up. Call `burst(count)` as often as you like: the layer draws a bounded number in a bounded number
 * of updates and forgets the rest. It takes no taps.
 */
Component({
  data: { hearts: restingHearts() as Heart[] },
  lifetimes: {
    created() {
      Object.assign(this, { next: 0, waiting: 0, timer: 0 })
    },
    detached() {
      clearTimeout(state(this).timer)
      state(this).gone = true
    },
  },
  methods: {
    burst(count: number) {
      const own = state(this)
      if (own.gone) return
      own.waiting += count
      if (own.timer === 0) this.flush()
    },
    flush() {
      const own = state(this)
      own.timer = 0
      if (own.waiting <= 0) return
      const { patch, next } = launch(this.data.hearts, own.next, own.waiting, Math.random)
      own.next = next
      own.waiting = 0
      this.setData(patch)
      own.timer = setTimeout(() => this.flush(), RHYTHM_MS)
    },
  },
})

interface Own {
  next: number
  waiting: number
  timer: number
  gone?: true
}
/** What an instance keeps to itself; nothing of it is drawn. */
function state(instance: unknown): Own {
  return instance as Own
}
