import type { Actor } from '../actor'
import type { Group, Studio } from '../studio'

const GUESTS: readonly (readonly [string, string])[] = [
  ['周医生', 'Dr. Adeyemi'],
  ['一个名字特别长的客户朋友', 'Cassandra Featherst.'],
  ['陈晨', 'Emil'],
  ['南风', 'Fay'],
]

/** Somebody in the call with an encoder of his own. */
async function sits(studio: Studio, roomId: string, n: number): Promise<string> {
  const user = `calls-guest-${n}`
  const [chinese, english] = GUESTS[n] ?? ['', '']
  await studio.name(user, chinese, english)
  const { seat } = await studio.call(user, 'enter', { roomId })
  if (seat) studio.lights(seat.push.url)
  return user
}

/** The template of the call on this phone. */
const draw = (phone: Actor, template: string) =>
  phone.page.evaluate((name) => {
    const page = getCurrentPages().at(-1) as unknown as { selectComponent(of: string): { setData(d: object): void } }
    page.selectComponent('.call').setData({ template: name })
  }, template)

export const callStage: Group = {
  name: 'call-stage',
  title: 'Calls: how people are laid out',
  scenes: {
    '1v1': 'Template 1v1: the other one large, oneself in the corner',
    'grid-3': 'Template grid, three people',
    'speaker-4': 'Template speaker, four people: who talks is large',
    '1v3-4': 'Template 1v3',
    'float-4': 'Template float',
    'grid-4': 'Template grid, four people, the first one muted and without a camera',
    'grid-6': 'Six people: one asks to speak, one is on hold, one is connecting',
    'grid-landscape': 'The same, the phone turned',
    'speaker-landscape': 'Template speaker, the phone turned',
    'speaker-tablet': 'The same on a tablet',
  },
  narrow: ['1v1', 'grid-4', 'speaker-4', 'grid-6'],
  async play(studio) {
    const owner = 'calls-owner'
    await studio.name(owner, '林小满', 'Maya Lindqvist')
    const { room, seat } = await studio.call(owner, 'create', {
      kind: 'call',
      title: studio.says('车险定损', 'Car insurance claim'),
      cover: 'graphite',
      requestId: 'gallery-calls',
      seats: 6,
    })
    const { roomId } = room
    if (seat) studio.lights(seat.push.url)
    const me = await studio.open('calls-me', { page: `/pages/call/call?roomId=${roomId}&template=1v1` })
    const sees = async (people: number, tags = people) => {
      await me.page.waitForFunction(
        (wanted) => document.querySelectorAll('wx-live-pusher, wx-live-player').length === wanted,
        tags,
      )
      await me.watches()
    }
    const shown = async (scene: string, template: string, size: readonly [number, number] | null = null) => {
      await draw(me, template)
      if (size) await me.page.setViewportSize({ width: size[0], height: size[1] })
      await studio.take(me, scene)
      if (size) await me.page.setViewportSize(studio.look)
    }

    await sees(2)
    await shown('1v1', '1v1')
    const asks = await sits(studio, roomId, 0)
    await sees(3)
    await shown('grid-3', 'grid')
    const holds = await sits(studio, roomId, 1)
    await sees(4)
    await shown('speaker-4', 'speaker')
    await shown('1v3-4', '1v3')
    await shown('float-4', 'float')
    await studio.call(owner, 'seat.device', { roomId, micOff: true, cameraOff: true })
    await shown('grid-4', 'grid')
    await studio.call(asks, 'seat.device', { roomId, micOff: false, cameraOff: false, hand: true })
    await studio.call(holds, 'seat.device', { roomId, micOff: true, cameraOff: true, away: true })
    await sits(studio, roomId, 2)
    await studio.name('calls-late', ...(GUESTS[3] ?? ['', '']))
    await studio.call('calls-late', 'enter', { roomId })
    await sees(6, 5)
    await shown('grid-6', 'grid')
    await shown('grid-landscape', 'grid', [812, 375])
    await shown('speaker-landscape', 'speaker', [812, 375])
    await shown('speaker-tablet', 'speaker', [1024, 768])
  },
}
