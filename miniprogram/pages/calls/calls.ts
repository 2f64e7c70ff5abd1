import { createStoreBindings } from 'mobx-miniprogram-bindings'
import { texts } from '../../components/shared/texts'
import { localeOf, text } from '../../locales/index'
import { useKit } from '../../stores/kit'
import type { RingTarget } from '../../stores/ring/types'
import { numberOf, ringPageFor } from '../query'
import { rung } from '../rung'
import { type DeskRow, deskRow, type MissedRow, missedRow } from './rows'

/** Who waits, and what was missed, is looked at again this often (ms) while the page is looked at. */
const LOOK_AGAIN_MS = 10_000
/** A number is the public id of a person. */
const NUMBER = /^u[A-Za-z0-9_-]{22}$/
const DESK: RingTarget = { queue: 'desk' }

interface Own {
  end?: (() => void) | undefined
  away?: (() => void) | undefined
}
const own = (instance: unknown) => instance as Own

/** Calls: to begin one, to ring somebody or the service desk, what was missed, and an agent's queues. `?ring=` rings at once. */
Page({
  behaviors: [
    rung,
    texts({
      start: 'calls.start',
      startHint: 'calls.startHint',
      desk: 'ring.desk',
      deskHint: 'calls.deskHint',
      deskCall: 'calls.deskCall',
      ringTitle: 'calls.ringTitle',
      mine: 'calls.mine',
      copy: 'calls.copy',
      number: 'calls.number',
      ring: 'calls.ring',
      bad: 'calls.badNumber',
      missed: 'calls.missedTitle',
      noMissed: 'calls.noMissed',
      missedError: 'calls.missedError',
      agent: 'agent.title',
      on: 'agent.on',
      take: 'agent.take',
    }),
  ],
  data: {
    me: '',
    number: '',
    known: false,
    bad: false,
    calls: [] as MissedRow[],
    missedState: 'loading',
    desks: [] as DeskRow[],
    waiting: false,
    problem: '',
  },
  onLoad(query: Record<string, string | undefined>) {
    const lang = localeOf()
    const { session, rings } = useKit()
    const { missed, desk } = rings
    const bindings = createStoreBindings(this, {
      store: rings,
      fields: {
        me: () => session.me?.userId ?? '',
        calls: () => missed.items.map((call) => missedRow(call, lang)),
        missedState: () => (missed.items.length > 0 ? 'ready' : missed.state),
        desks: () => desk.queues.map((queue) => deskRow(queue, desk.busy, session.now(), lang)),
        problem: () => (desk.problem ? text(lang, `fault.${desk.problem.code}.title`) : ''),
      },
      actions: [],
    })
    bindings.updateStoreBindings()
    own(this).end = () => bindings.destroyStoreBindings()
    rings.attend()
    const number = numberOf(query)
    if (NUMBER.test(number)) this.call({ userId: number })
  },
  onReady() {
    wx.setNavigationBarTitle({ title: text(localeOf(), 'calls.title') })
  },
  onUnload() {
    this.onHide()
    own(this).end?.()
  },
  onShow() {
    const { rings, clock } = useKit()
    // Whoever comes back from a call is free again.
    rings.look()
    this.refresh()
    own(this).away ??= clock.every(LOOK_AGAIN_MS, () => void rings.desk.refresh())
  },
  onHide() {
    own(this).away?.()
    own(this).away = undefined
  },
  async onPullDownRefresh() {
    await this.refresh()
    wx.stopPullDownRefresh()
  },
  onReachBottom() {
    useKit().rings.missed.more()
  },
  /** What was missed has been seen once it is on the screen. */
  async refresh() {
    const { missed, desk } = useKit().rings
    await Promise.all([missed.refresh().then(() => missed.see()), desk.refresh()])
  },
  start() {
    wx.navigateTo({ url: '/pages/call/call' })
  },
  callDesk() {
    this.call(DESK)
  },
  typed(e: WechatMiniprogram.Input) {
    const number = e.detail.value.trim()
    this.setData({ number, known: NUMBER.test(number), bad: false })
  },
  callNumber() {
    if (this.data.known) this.call({ userId: this.data.number })
    else this.setData({ bad: this.data.number !== '' })
  },
  callBack({ currentTarget }: WechatMiniprogram.CustomEvent) {
    const { rings } = useKit()
    const call = rings.missed.items.find(({ ringId }) => ringId === currentTarget.dataset.id)
    if (call) this.call({ userId: call.from.userId })
  },
  call(to: RingTarget) {
    void useKit().rings.call({ to, title: text(localeOf(), 'calls.callTitle'), cover: 'graphite', seats: 2 })
  },
  copy() {
    wx.setClipboardData({ data: this.data.me })
  },
  ready({ currentTarget, detail }: WechatMiniprogram.CustomEvent<{ value: boolean }>) {
    void useKit().rings.desk.setReady(String(currentTarget.dataset.queue), detail.value)
  },
  take({ currentTarget }: WechatMiniprogram.CustomEvent) {
    const ringId = useKit().rings.take(String(currentTarget.dataset.id))
    if (ringId !== null) wx.navigateTo({ url: ringPageFor(ringId) })
  },
  waitingShown({ detail }: WechatMiniprogram.CustomEvent<{ shown: boolean }>) {
    this.setData({ waiting: detail.shown })
  },
  /** A friend who taps the card rings this person up. */
  onShareAppMessage() {
    const { me } = this.data
    return { title: text(localeOf(), 'calls.share'), path: `/pages/calls/calls${me ? `?ring=${me}` : ''}` }
  },
})
