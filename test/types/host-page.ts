import type { LiveRoomEvent, LiveRoomInstance, LiveRoomProps } from '../../miniprogram/components/live-room/types'

/**
 * A page of a host, written as the documents say: it is compiled, never run. Whatever stands under `@ts-expect-error` is
 * wrong, and has to stay so.
 */
Page({
  data: {
    room: {
      role: 'audience',
      roomId: 'r1',
      template: 'vertical1v3',
      chrome: 'none',
      quality: 'FHD',
      orientation: 'horizontal',
      locale: 'en',
      cover: 'jade',
      beauty: 5,
      // A template may write it as text.
      muted: 'false',
      record: true,
      music: [{ name: 'Rain', url: 'https://example.com/rain.mp3' }],
    } satisfies LiveRoomProps,
  },

  line({ detail }: LiveRoomEvent<'text'>) {
    if (!detail.mine) console.warn(detail.name, detail.text)
  },
  step({ detail }: LiveRoomEvent<'link'>) {
    const room = this.selectComponent('#room') as LiveRoomInstance
    if (detail.phase === 'held') room.confirmLink()
  },
  asked({ detail }: LiveRoomEvent<'requests'>) {
    const room = this.selectComponent('#room') as LiveRoomInstance
    for (const { linkId } of detail.requests) room.respondLink(linkId, true)
  },
  over({ detail }: LiveRoomEvent<'ended'>) {
    console.warn(detail.roomId, detail.summary?.durationMs ?? 0)
  },
  async say() {
    const room = this.selectComponent('#room') as LiveRoomInstance
    await room.start({ title: 'Tea', cover: 'jade', seats: 3 })
    const taken: boolean = await room.sendText('Good evening')
    const still = await room.snapshot()
    console.warn(taken, still?.path)
  },
})

export const wrongProps: LiveRoomProps[] = [
  // @ts-expect-error an older name of a role: understood at run time, and warned about
  { role: 'presenter' },
  // @ts-expect-error no such layout
  { template: 'mosaic' },
  // @ts-expect-error no such quality
  { quality: '4K' },
  // @ts-expect-error no such colour
  { cover: 'pink' },
  // @ts-expect-error a level is a number
  { beauty: '5' },
  // @ts-expect-error a switch is no number
  { muted: 1 },
  // @ts-expect-error a song has an address
  { music: [{ name: 'Rain' }] },
  // @ts-expect-error templates write room-id, data says roomId
  { roomid: 'r1' },
]

export const wrongHandlers = {
  // @ts-expect-error there is no such event
  shout: ({ detail }: LiveRoomEvent<'shout'>) => detail,
  // @ts-expect-error every event has a detail, and this one has no words
  counted: ({ detail }: LiveRoomEvent<'counts'>) => detail.text,
  // @ts-expect-error the summary may not be known
  ended: ({ detail }: LiveRoomEvent<'ended'>) => detail.summary.durationMs,
  // @ts-expect-error what others send is not known before it is checked
  custom: ({ detail }: LiveRoomEvent<'custom'>) => detail.data.color,
}

export const wrongCalls = (room: LiveRoomInstance) => [
  // @ts-expect-error an older method: understood at run time, and warned about
  room.sendTextMsg('Hello'),
  // @ts-expect-error there is no such method
  room.dance(),
  // @ts-expect-error a line is a text
  room.sendText({ text: 'Hello' }),
  // @ts-expect-error whom?
  room.kick(),
  // @ts-expect-error by the number of the seat
  room.muteSeat('u1', { mic: true }),
  // @ts-expect-error a room has no size
  room.start({ title: 'Tea', size: 3 }),
  // @ts-expect-error the answer is yes or no
  room.respondLink('l1', 'yes'),
]
