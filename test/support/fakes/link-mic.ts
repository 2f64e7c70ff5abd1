import type { LiveRoom } from '../../../miniprogram/stores/live-room/live-room'
import type { FakePusherTag } from './media-tags'
import type { FakeScreen } from './screen'
import { type FakePhone, World } from './world'

/** A viewer on the way to the stage: his phone, and everything on its screen. */
export interface Guest {
  phone: FakePhone
  room: LiveRoom
  link: NonNullable<LiveRoom['link']>
  screen: FakeScreen
  /** His camera. */
  tag: FakePusherTag
}

export function guestOf(phone: FakePhone): Guest {
  const { room, screen } = phone.viewer()
  const { link } = room
  const { pusher: tag } = screen
  if (!link || !tag) throw new Error('a viewer has a way to the stage')
  return { phone, room, link, screen, tag }
}

/** Ann's show is on, and Bob watches it. The stage is swept every second. */
export async function stageOf(...names: string[]) {
  const world = new World()
  const { clock, service } = world
  const ann = world.phone('ann')
  const { room: show, tag: camera } = ann.anchor()
  await show.start({ title: 'A show', cover: 'jade' })
  await clock.pass(500)
  const roomId = show.room?.roomId ?? ''
  const guests: Guest[] = []
  for (const name of ['bob', ...names]) {
    const guest = guestOf(world.phone(name))
    await guest.room.enter(roomId)
    guests.push(guest)
  }
  await clock.pass(500)
  clock.every(1000, () => service.stage.sweep())
  const [bob] = guests as [Guest]
  return { world, clock, service, roomId, ann, show, desk: show.desk, camera, bob, guests, ...bob }
}

/** Bob has asked, and Ann has accepted. */
export async function heldStage(...names: string[]) {
  const stage = await stageOf(...names)
  await stage.link.request()
  await stage.clock.pass(100)
  await stage.desk.accept(stage.desk.requests[0]?.link.linkId ?? '')
  await stage.clock.pass(100)
  return stage
}

/** Bob is on stage. */
export async function onStage(...names: string[]) {
  const stage = await heldStage(...names)
  await stage.link.confirm()
  await stage.clock.pass(1000)
  return stage
}
