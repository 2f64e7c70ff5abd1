/** What every page does with `<call-ring>` and `<call-waiting>` on it: who answers, or is answered, goes into the call. */
export const rung = Behavior({
  data: { ringing: false },
  methods: {
    ringShown({ detail }: WechatMiniprogram.CustomEvent<{ shown: boolean }>) {
      this.setData({ ringing: detail.shown })
    },
    answerRing({ detail }: WechatMiniprogram.CustomEvent<{ ringId: string }>) {
      wx.navigateTo({ url: callPage({ ringId: detail.ringId }) })
    },
    enterCall({ detail }: WechatMiniprogram.CustomEvent<{ roomId: string }>) {
      wx.navigateTo({ url: callPage({ roomId: detail.roomId }) })
    },
  },
})

/** The address of a call: to come into, to say yes to, or a new one. */
export function callPage(which: { roomId: string } | { ringId: string } | null = null): string {
  const query = Object.entries(which ?? {}).map(([name, id]) => `?${name}=${encodeURIComponent(id)}`)
  return `/pages/call/call${query.join('')}`
}
