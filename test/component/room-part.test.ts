import type { RoomContext as AnyContext } from '../../miniprogram/components/shared/room-part'
import type { LiveRoom } from '../../miniprogram/stores/live-room/live-room'
import { type Mounted, mount } from '../support/glass-easel'

type RoomContext = AnyContext<LiveRoom>
type Probe = Mounted & { connect(context: RoomContext): void; shown(): string; readonly begun: string[] }

/** The smallest part there is, on the engine that WeChat and the preview share. */
async function probe(): Promise<Probe> {
  const begun: string[] = []
  const definition = {
    data: { likes: 0, mine: '' },
    // read while the script of the component runs, so that `Behavior` is the one of this app
    get behaviors() {
      const { roomPart } = require('../../miniprogram/components/shared/room-part')
      const fields = ({ room }: RoomContext) => ({ likes: () => room.likes.total, mine: () => room.role })
      return [
        roomPart(fields, (_: unknown, { room }: RoomContext) => {
          begun.push(`begin ${room.role}`)
          return () => begun.push(`end ${room.role}`)
        }),
      ]
    },
  }
  const part = mount({ wxml: '{{mine}} {{likes}}', definition }, {}, { events: ['mounted'] })
  await part.ready
  return Object.assign(part, {
    begun,
    connect: (context: RoomContext) => (part.instance.connect as (c: RoomContext) => void)(context),
    shown: () => part.element.textContent ?? '',
  })
}

/** A room with what the probe looks at, observable by the module registry of the part that was mounted last. */
function roomOf(role: string) {
  const { observable, runInAction } = require('mobx-miniprogram')
  const likes = observable({ total: 1 })
  const like = (total: number) => runInAction(() => Object.assign(likes, { total }))
  return { like, context: { room: { role, likes } } as unknown as RoomContext }
}

const drawn = () => new Promise((resolve) => setTimeout(resolve))

test('a part says that it is there, and from then on its fields follow the room', async () => {
  const part = await probe()
  expect(part.events.map(({ name }) => name)).toEqual(['mounted'])
  const { like, context } = roomOf('anchor')
  part.connect(context)
  expect(part.shown()).toBe('anchor 1')
  like(2)
  await drawn()
  expect(part.shown()).toBe('anchor 2')
})

test('a part that gets another room has nothing of the first any more (M62)', async () => {
  const part = await probe()
  const [first, second] = [roomOf('anchor'), roomOf('audience')]
  part.connect(first.context)
  first.like(7)
  part.connect(second.context)
  await drawn()
  first.like(8)
  await drawn()
  expect(part.shown()).toBe('audience 1')
  expect(part.begun).toEqual(['begin anchor', 'end anchor', 'begin audience'])
})

test('nothing reaches a part that is gone, not even what was on its way (M111, P62)', async () => {
  const part = await probe()
  const { like, context } = roomOf('anchor')
  part.connect(context)
  const setData = jest.spyOn(part.instance as unknown as { setData(): void }, 'setData')
  like(2)
  part.end()
  like(3)
  await drawn()
  expect(setData).not.toHaveBeenCalled()
  expect(part.begun).toEqual(['begin anchor', 'end anchor'])
})
