import { type Caller, callerOf, seen } from '../../../support/fakes/calls'
import { trtcUser } from '../../../support/fakes/stage-service'
import { World } from '../../../support/fakes/world'

const urlOf = (userid: string) => `room://cloud.tencent.com/rtc?userid=${userid}&streamtype=main`
const CAME = 1031
const WENT = 1032

/** What the pusher of this phone says about others in the room. */
const tell = ({ room }: Caller, code: number, seat: number, epoch = 1) =>
  room.publisher.onCode(code, JSON.stringify({ userlist: [{ userid: trtcUser(seat, epoch) }] }))
const video = ({ room }: Caller, seat: number, hasvideo = true, epoch = 1) => {
  const userid = trtcUser(seat, epoch)
  const word = { userid, streamtype: 'main', hasvideo, playurl: urlOf(userid) }
  room.publisher.onCode(1033, JSON.stringify({ userlist: [word] }))
}
const played = ({ screen }: Caller) => [...screen.players.values()].flatMap(({ playing }) => (playing ? [playing] : []))

/** Somebody whose pusher enters the room and says so. */
function callerIn(world: World, name: string): Caller {
  const caller = callerOf(world.phone(name))
  const { publisher } = caller.room
  caller.tag.onPush = (url) => {
    world.clock.after(100, () => caller.tag.pushing === url && publisher.onCode(1018))
  }
  return caller
}

async function callOfTwo() {
  const world = new World()
  world.service.stage.trtc = true
  const [ann, bob] = [callerIn(world, 'ann'), callerIn(world, 'bob')]
  await ann.room.start({ title: 'A call' })
  await world.clock.pass(500)
  const roomId = ann.room.room?.roomId ?? ''
  await bob.room.enter(roomId)
  await world.clock.pass(1000)
  return { world, roomId, ann, bob }
}

test('the pusher enters by the address of the server, and being in is being on air', async () => {
  const { ann, bob } = await callOfTwo()
  expect(ann.tag.pushing).toContain(`userid=${trtcUser(1, 1)}`)
  expect([ann.room.publisher.state, bob.room.publisher.state]).toEqual(['publishing', 'publishing'])
  // The phone's own word, where no streaming cloud tells the server.
  expect(ann.room.room?.seats.slice(0, 2).map(({ state }) => state)).toEqual(['on', 'on'])
})

test('who is seen is told by the room, at once, and the server is not asked about it', async () => {
  const { world, ann } = await callOfTwo()
  expect(seen(ann)).toEqual([])
  await world.clock.pass(5000)
  const before = world.service.calls.length
  tell(ann, CAME, 2)
  video(ann, 2)
  await world.clock.pass(500)
  expect([seen(ann), played(ann)]).toEqual([['seat-2-1'], [urlOf(trtcUser(2, 1))]])
  video(ann, 2, false)
  await world.clock.pass(100)
  expect(seen(ann)).toEqual([])
  video(ann, 2)
  await world.clock.pass(500)
  tell(ann, WENT, 2)
  await world.clock.pass(100)
  expect([seen(ann), world.service.calls.length]).toEqual([[], before])
})

test('nobody is seen who sits on no seat, nor by the address of a seat that another has by now', async () => {
  const { world, ann, bob } = await callOfTwo()
  for (const seat of [2, 3]) {
    tell(ann, CAME, seat)
    video(ann, seat)
  }
  await world.clock.pass(500)
  expect(seen(ann)).toEqual(['seat-2-1'])
  await bob.room.leave()
  await world.clock.pass(500)
  expect(seen(ann)).toEqual([])
  const carol = callerIn(world, 'carol')
  await carol.room.enter(ann.room.room?.roomId ?? '')
  await world.clock.pass(500)
  expect(seen(ann)).toEqual([])
  tell(ann, CAME, 2, 2)
  video(ann, 2, true, 2)
  await world.clock.pass(500)
  expect(played(ann)).toEqual([urlOf(trtcUser(2, 2))])
})

test('after the seat was taken anew the new address is played, although both differ in their query only', async () => {
  const { world, roomId, ann, bob } = await callOfTwo()
  tell(ann, CAME, 2)
  video(ann, 2)
  await world.clock.pass(500)
  // The room says so before the server does.
  tell(ann, CAME, 2, 2)
  video(ann, 2, true, 2)
  const second = callerIn(world, 'bob')
  await second.room.enter(roomId)
  await world.clock.pass(1500)
  expect(played(ann)).toContain(urlOf(trtcUser(2, 2)))
  expect(bob.room.fault?.code).toBe('taken-over')
})

test('when the pusher enters anew, everybody is told of anew: who went meanwhile is seen no more', async () => {
  const { world, ann } = await callOfTwo()
  tell(ann, CAME, 2)
  video(ann, 2)
  await world.clock.pass(500)
  ann.room.publisher.onCode(-100018)
  await world.clock.pass(5000)
  expect([ann.room.publisher.state, seen(ann)]).toEqual(['publishing', []])
  tell(ann, CAME, 2)
  video(ann, 2)
  await world.clock.pass(500)
  expect(seen(ann)).toHaveLength(1)
})

test('M152: after hanging up the room says nothing any more', async () => {
  const { world, ann } = await callOfTwo()
  await ann.room.leave()
  tell(ann, CAME, 2)
  video(ann, 2)
  await world.clock.pass(500)
  expect([ann.tag.pushing, seen(ann)]).toEqual([null, []])
})
