import { createStoreBindings } from 'mobx-miniprogram-bindings'
import { texts } from '../../components/shared/texts'
import { localeOf, text } from '../../locales/index'
import { useKit } from '../../stores/kit'
import { faultOf } from '../../stores/room/fault'
import { replayPageFor } from '../query'
import { rung } from '../rung'
import { type Row, rowOf } from './rows'

interface Own {
  end: (() => void) | undefined
}
const own = (instance: unknown) => instance as Own

/** Everything that was recorded, newest first; an anchor deletes what is his. */
Page({
  behaviors: [
    rung,
    texts({
      loading: 'replay.loading',
      emptyTitle: 'replay.empty',
      emptyHint: 'replay.emptyHint',
      errorTitle: 'replay.error',
      errorHint: 'fault.unavailable.advice',
      retry: 'common.retry',
      more: 'home.loadingMore',
      end: 'home.end',
      delete: 'replay.delete',
      deleting: 'replay.deleting',
    }),
  ],
  data: { view: 'loading', rows: [] as Row[], more: false },
  onLoad() {
    const lang = localeOf()
    const { session } = useKit()
    const { recordings } = session
    const bindings = createStoreBindings(this, {
      store: recordings,
      fields: {
        rows: () => recordings.items.map((item) => rowOf(item, lang, session.me?.userId ?? '', recordings.deleting)),
        view: () => (recordings.items.length > 0 ? 'ready' : recordings.state),
        more: () => recordings.hasMore,
      },
      actions: [],
    })
    bindings.updateStoreBindings()
    own(this).end = () => bindings.destroyStoreBindings()
    this.refresh()
  },
  onReady() {
    wx.setNavigationBarTitle({ title: text(localeOf(), 'replay.title') })
  },
  onUnload() {
    own(this).end?.()
  },
  async onPullDownRefresh() {
    await this.refresh()
    wx.stopPullDownRefresh()
  },
  onReachBottom() {
    useKit().session.recordings.more()
  },
  /** Who this user is decides what he may delete. */
  async refresh() {
    const { session } = useKit()
    await Promise.all([session.me ?? session.login().catch(() => undefined), session.recordings.refresh()])
  },
  play({ currentTarget }: WechatMiniprogram.CustomEvent) {
    wx.navigateTo({ url: replayPageFor(String(currentTarget.dataset.id)) })
  },
  /** What is deleted cannot be had again, so it is asked once more. */
  remove({ currentTarget }: WechatMiniprogram.CustomEvent) {
    const lang = localeOf()
    wx.showModal({
      title: text(lang, 'replay.confirmTitle'),
      content: text(lang, 'replay.confirmBody'),
      confirmText: text(lang, 'replay.delete'),
      cancelText: text(lang, 'common.cancel'),
      confirmColor: '#c41a3d',
      success: ({ confirm }) => {
        if (confirm) this.deleteNow(String(currentTarget.dataset.id))
      },
    })
  },
  async deleteNow(id: string) {
    try {
      await useKit().session.recordings.delete(id)
    } catch (error) {
      wx.showToast({ title: text(localeOf(), `fault.${faultOf(error).code}.title`), icon: 'none' })
    }
  },
  onShareAppMessage() {
    return { title: text(localeOf(), 'replay.title'), path: '/pages/replays/replays' }
  },
})
