import type { Input } from '../../../miniprogram/protocol/actions'
import { seatDoc } from './link-people'
import { anna, type World } from './world'

type Options = Pick<Input<'create'>, 'seats' | 'endsWithOwner' | 'record'>

/** A call of Anna's, who is told her seat and has not pushed yet. */
export async function openCall(world: World, options: Options = {}, requestId = 'call-1') {
  const made = await world.actions.create(anna, { title: 'A call', cover: 'jade', requestId, kind: 'call', ...options })
  return { ...made, roomId: made.room.roomId }
}

/** He pushes from the seat that he holds. */
export async function push(world: World, who: typeof anna, roomId: string): Promise<string> {
  const stream = (await seatDoc(world, roomId, who))?.stream ?? ''
  await world.begin(stream, `q-${who.userId}`)
  world.online.add(stream)
  return stream
}

/** He comes in, and pushes. */
export async function speak(world: World, who: typeof anna, roomId: string, more: Partial<Input<'enter'>> = {}) {
  const { seat } = await world.actions.enter(who, { roomId, ...more })
  return { seat, stream: await push(world, who, roomId) }
}
