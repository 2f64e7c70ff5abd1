import { pageFor, ringPageFor } from './query'

/** What every page does with `<call-ring>` and `<call-waiting>` on it: who answers, or is answered, goes into the call. */
export const rung = Behavior({
  data: { ringing: false },
  methods: {
    ringShown({ detail }: WechatMiniprogram.CustomEvent<{ shown: boolean }>) {
      this.setData({ ringing: detail.shown })
    },
    answerRing({ detail }: WechatMiniprogram.CustomEvent<{ ringId: string }>) {
      wx.navigateTo({ url: ringPageFor(detail.ringId) })
    },
    enterCall({ detail }: WechatMiniprogram.CustomEvent<{ roomId: string }>) {
      wx.navigateTo({ url: pageFor('call', detail.roomId) })
    },
  },
})
