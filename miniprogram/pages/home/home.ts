import { observable } from 'mobx-miniprogram'
import { createStoreBindings } from 'mobx-miniprogram-bindings'
import { texts } from '../../components/shared/texts'
import { type Locale, localeOf, text } from '../../locales/index'
import { type Kit, useKit } from '../../stores/kit'
import { faultOf } from '../../stores/room/fault'
import { pageFor } from '../query'
import { rung } from '../rung'
import { type EventCard, eventOf } from './events'
import { greetingKey, type Show, showOf, type View, viewOf } from './shows'

/** While the page is looked at, the first page of the list is asked for again this often (ms). */
const LOOK_AGAIN_MS = 15_000

interface Own {
  ends: (() => void)[]
  /** Ends looking again. */
  away?: (() => void) | undefined
}
const own = (instance: unknown) => instance as Own

/** Fields that follow the session. The page is in one language for its life. */
function fieldsOf({ session, rings: { missed } }: Kit, lang: Locale, online: { get(): boolean }) {
  const { list } = session
  const myName = () => session.me?.name || text(lang, 'home.guest')
  return {
    myName: () => session.me?.name ?? '',
    greeting: () => text(lang, greetingKey(new Date().getHours()), { name: myName() }),
    editLabel: () => text(lang, 'home.editName', { name: myName() }),
    missed: () => missed.unseen,
    callsLabel: () => text(lang, 'calls.entry', { n: missed.unseen }),
    openRoomId: () => session.openRoom?.room.roomId ?? '',
    continueTitle: () =>
      text(lang, session.openRoom?.room.kind === 'call' ? 'calls.continueTitle' : 'home.continueTitle'),
    continueWord: () => text(lang, session.openRoom?.room.kind === 'call' ? 'calls.continue' : 'home.continue'),
    continueHint: () =>
      session.openRoom ? text(lang, 'home.continueHint', { title: session.openRoom.room.title }) : '',
    events: () => session.events.events.map((summary) => eventOf(summary, session.now(), lang)),
    shows: () => list.rooms.map((summary) => showOf(summary, session.now())),
    view: () => viewOf(list, online.get()),
    stale: () => list.state === 'error' && list.rooms.length > 0,
    more: () => list.hasMore,
  }
}

/** The front door: start a show, go on with one, or watch one. */
Page({
  behaviors: [
    rung,
    texts({
      start: 'home.start',
      startTitle: 'home.startTitle',
      startHint: 'home.startHint',
      listTitle: 'home.listTitle',
      loading: 'home.loading',
      emptyTitle: 'home.emptyTitle',
      emptyHint: 'home.emptyHint',
      errorTitle: 'home.errorTitle',
      errorAdvice: 'fault.unavailable.advice',
      offlineTitle: 'home.offlineTitle',
      offlineHint: 'home.offlineHint',
      staleHint: 'home.staleHint',
      loadingMore: 'home.loadingMore',
      end: 'home.end',
      retry: 'common.retry',
      eventsTitle: 'event.title',
      replays: 'replay.all',
      calls: 'calls.title',
      callsHint: 'calls.hint',
    }),
  ],
  data: {
    view: 'loading' as View,
    events: [] as EventCard[],
    shows: [] as Show[],
    naming: false,
    savingName: false,
    nameProblem: '',
    missed: 0,
    callsLabel: '',
    myName: '',
    greeting: '',
    editLabel: '',
    openRoomId: '',
    continueTitle: '',
    continueWord: '',
    continueHint: '',
    stale: false,
    more: false,
  },
  onLoad() {
    const lang = localeOf()
    const kit = useKit()
    const { session, device } = kit
    const online = observable.box(true)
    wx.getNetworkType({ success: ({ networkType }) => online.set(networkType !== 'none') })
    const bindings = createStoreBindings(this, { store: session, fields: fieldsOf(kit, lang, online), actions: [] })
    bindings.updateStoreBindings()
    own(this).ends = [
      () => bindings.destroyStoreBindings(),
      device.onNetwork((connected) => {
        online.set(connected)
        if (connected) this.refresh()
      }),
    ]
  },
  onReady() {
    wx.setNavigationBarTitle({ title: text(localeOf(), 'app.name') })
  },
  onUnload() {
    this.onHide()
    for (const end of own(this).ends.splice(0)) end()
  },
  onShow() {
    const { session, clock } = useKit()
    this.refresh()
    // Somebody who has scrolled on is not thrown back to the first page.
    const lookAgain = () => session.list.hasMore || session.list.refresh()
    own(this).away ??= clock.every(LOOK_AGAIN_MS, lookAgain)
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
    useKit().session.list.more()
  },
  /** The list and the user's own open show; the login joins the one in flight. */
  async refresh() {
    const { session } = useKit()
    await Promise.all([session.login().catch(() => undefined), session.list.refresh(), session.events.refresh()])
  },
  retry() {
    this.refresh()
  },
  start() {
    wx.navigateTo({ url: '/pages/anchor/anchor' })
  },
  resume() {
    const { openRoom } = useKit().session
    const { openRoomId } = this.data
    const page = openRoom?.room.kind === 'call' ? 'call' : 'anchor'
    wx.navigateTo({ url: pageFor(page, openRoomId) })
  },
  openCalls() {
    wx.navigateTo({ url: '/pages/calls/calls' })
  },
  openReplays() {
    wx.navigateTo({ url: '/pages/replays/replays' })
  },
  open(e: WechatMiniprogram.CustomEvent<{ roomId: string }>) {
    wx.navigateTo({ url: pageFor('room', e.detail.roomId) })
  },
  editName() {
    this.setData({ naming: true, nameProblem: '' })
  },
  closeName() {
    this.setData({ naming: false })
  },
  async saveName(e: WechatMiniprogram.CustomEvent<{ name: string }>) {
    this.setData({ savingName: true, nameProblem: '' })
    try {
      await useKit().session.profile(e.detail.name)
      this.setData({ naming: false })
    } catch (error) {
      this.setData({ nameProblem: text(localeOf(), `fault.${faultOf(error).code}.title`) })
    } finally {
      this.setData({ savingName: false })
    }
  },
  /** Shares the front door. */
  onShareAppMessage() {
    return { title: text(localeOf(), 'app.name'), path: '/pages/home/home' }
  },
})
