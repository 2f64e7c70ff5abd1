import type { RtcRoomEvent, RtcRoomInstance, RtcRoomProps } from '../../miniprogram/components/rtc-room/types'

/**
 * A page of a host with a call on it, written as the documents say: it is compiled, never run. Whatever stands under
 * `@ts-expect-error` is wrong, and has to stay so.
 */
Page({
  data: {
    call: {
      roomId: 'r1',
      template: 'speaker',
      quality: 'SD',
      aspect: '9:16',
      // A template may write it as text.
      enableCamera: 'false',
      seats: 4,
    } satisfies RtcRoomProps,
  },
  seen({ detail }: RtcRoomEvent<'people'>) {
    const call = this.selectComponent('#call') as RtcRoomInstance
    for (const { seat, me } of detail.people) if (!me) call.muteSeat(seat, { mic: true })
  },
  over({ detail }: RtcRoomEvent<'ended'>) {
    console.warn(detail.reason ?? 'nobody said why', detail.durationMs)
    // @ts-expect-error likes belong to a show
    console.warn(detail.summary.likes)
  },
  async begin() {
    const call = this.selectComponent('#call') as RtcRoomInstance
    await call.start({ title: 'Claim 4711', record: true, ring: { to: { queue: 'desk' } } })
    call.raiseHand(true)
    // @ts-expect-error nobody asks for a seat in a call
    call.requestLink()
    // @ts-expect-error a title is a text
    await call.start({ title: 4711 })
  },
  // @ts-expect-error no event of this name
  step(_: RtcRoomEvent<'link'>) {},
})

// @ts-expect-error no layout of a call
export const layout: RtcRoomProps = { template: 'pk' }
// @ts-expect-error a shape that no picture has
export const shape: RtcRoomProps = { aspect: '1:1' }
