import type { NewCall, RtcRoom } from '../../../miniprogram/stores/rtc-room/rtc-room'
import type { FakePusherTag } from './media-tags'
import type { FakeScreen } from './screen'
import { type FakePhone, World } from './world'

/** Somebody who talks in a call: his phone, and everything on its screen. */
export interface Caller {
  phone: FakePhone
  room: RtcRoom
  screen: FakeScreen
  /** His camera. */
  tag: FakePusherTag
}

export const callerOf = (phone: FakePhone): Caller => ({ phone, ...phone.caller() })

/** Ann has opened a call, and these people have come in, one after another. Everybody sees and hears everybody. */
export async function callOf(names: readonly string[], options: Partial<NewCall> = {}) {
  const world = new World()
  const { clock, service } = world
  const ann = callerOf(world.phone('ann'))
  await ann.room.start({ title: 'A call', ...options })
  await clock.pass(500)
  const roomId = ann.room.room?.roomId ?? ''
  const others: Caller[] = []
  for (const name of names) {
    const caller = callerOf(world.phone(name))
    await caller.room.enter(roomId)
    await clock.pass(500)
    others.push(caller)
  }
  await clock.pass(1000)
  return { world, clock, service, roomId, ann, others, all: [ann, ...others] }
}

/** Ann and Bob talk. */
export async function callOfTwo(options: Partial<NewCall> = {}) {
  const call = await callOf(['bob'], options)
  const [bob] = call.others as [Caller]
  return { ...call, bob }
}

/** Whose pictures run on this screen, by seat. */
export const seen = ({ screen }: Caller): string[] => Object.keys(screen.playing).sort()
