import { RoomApiError } from '../../../../../miniprogram/services/room-api/port'
import { PUSHER_CODES } from '../../../../../miniprogram/stores/media/codes'
import { settled } from '../../../../support/fakes/clock'
import { stageOf } from '../../../../support/fakes/link-mic'
import fc from '../../../../support/property'

type Stage = Awaited<ReturnType<typeof stageOf>>
const first = (list: readonly { link: { linkId: string } }[]) => list[0]?.link.linkId ?? ''
const quietly = (call: Promise<unknown>) => void call.catch(() => {})

/** Everything that anybody, or nobody, may do to a stage. */
const MOVES = {
  ask: ({ link }) => void link.request(),
  cancel: ({ link }) => void link.cancel(),
  yes: ({ link }) => void link.accept(),
  no: ({ link }) => void link.decline(),
  ready: ({ link }) => void link.confirm(),
  leave: ({ link }) => void link.leave(),
  again: ({ room }) => void room.retry(),
  mic: ({ link }) => link.setMicOff(true),
  accept: ({ desk }) => void desk.accept(first(desk.requests)),
  reject: ({ desk }) => void desk.reject(first(desk.requests)),
  invite: ({ desk }) => void desk.invite({ userId: 'bob', name: '' }),
  uninvite: ({ desk }) => void desk.uninvite(first(desk.invitations)),
  kick: ({ desk }) => void desk.kick('bob'),
  quiet: ({ desk }) => void desk.quiet(1, { mic: true, camera: true }),
  lock: ({ desk }) => void desk.lock(1, true),
  otherDevice: ({ service, roomId }) => quietly(service.apiFor('bob').call('seat.take', { roomId })),
  otherLeaves: ({ service, roomId }) => quietly(service.apiFor('bob').call('seat.leave', { roomId })),
  cloudLoses: ({ service, tag }) => service.stage.ended(tag.pushing ?? ''),
  loseMessages: ({ world }) => {
    world.chat.loses = () => true
  },
  hearMessages: ({ world }) => {
    world.chat.loses = () => false
  },
  slow: ({ service, clock }) => {
    service.answerDelay = (user) =>
      user === 'bob' ? new Promise((resolve) => void clock.after(clock.random() * 3000, resolve)) : undefined
  },
  loseAnswers: ({ service, clock }) => {
    service.answerDelay = async (user) => {
      if (user === 'bob' && clock.random() < 0.5) throw new RoomApiError('timeout', 'no answer')
    }
  },
  quick: ({ service }) => {
    service.answerDelay = () => undefined
  },
  down: ({ service }) => {
    service.down = true
  },
  up: ({ service }) => {
    service.down = false
  },
  hide: ({ room }) => room.hide(),
  show: ({ room }) => room.show(),
  callBegins: ({ phone }) => phone.device.interrupt('begin'),
  callEnds: ({ phone }) => phone.device.interrupt('end'),
  denied: ({ phone }) => {
    phone.device.answers.camera = 'denied'
  },
  granted: ({ phone }) => {
    phone.device.answers.camera = 'granted'
  },
  goOut: ({ room }) => void room.leave(),
  comeIn: ({ room, roomId }) => void room.enter(roomId),
} as const satisfies Record<string, (stage: Stage) => unknown>

const move = fc.oneof(
  { arbitrary: fc.constantFrom(...(Object.keys(MOVES) as (keyof typeof MOVES)[])), weight: 4 },
  { arbitrary: fc.constantFrom('ask', 'accept', 'ready', 'leave', 'comeIn' as const), weight: 3 },
  { arbitrary: fc.constantFrom(...PUSHER_CODES.keys()), weight: 1 },
)
const moves = fc.array(fc.record({ move, wait: fc.constantFrom(0, 1, 50, 700, 4000, 35_000) }), { maxLength: 25 })

/** The server and this phone say the same about who is seen. */
function expectTruth({ service, roomId, link, tag, room }: Stage): void {
  const seat = service.stage.seatOf(roomId, 'bob')
  if (tag.cameraOn) expect(seat?.user?.userId).toBe('bob')
  if (tag.pushing) expect(tag.pushing).toContain(`room-1_s${seat?.seat}_${seat?.epoch}?`)
  if (!('seat' in link.state)) expect(tag.mounted).toBe(false)
  if (room.stage.camera === null) expect(tag.cameraOn).toBe(false)
  expect(room.stage.tiles.filter(({ slot, leaving }) => slot === 'anchor' && !leaving).length).toBeLessThanOrEqual(1)
}

test('whatever happens on the way, the camera is on only if the seat is his by the word of the server', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (steps) => {
      const stage = await stageOf()
      for (const { move: step, wait } of steps) {
        if (typeof step === 'number') stage.link.camera.publisher.onCode(step)
        else MOVES[step as keyof typeof MOVES](stage)
        await stage.clock.pass(wait)
      }
      // The world is well again, and everybody has the time to learn it.
      for (const well of ['up', 'quick', 'hearMessages', 'callEnds', 'show'] as const) MOVES[well](stage)
      await stage.clock.pass(130_000)
      expectTruth(stage)
      expect(stage.link.busy).toBe(false)
      stage.room.end()
      await settled()
      expect([stage.tag.cameraOn, stage.tag.mounted, stage.room.stage.tiles]).toEqual([false, false, []])
    }),
    { numRuns: 120 },
  )
})
