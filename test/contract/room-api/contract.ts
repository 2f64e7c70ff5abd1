import type { ActionName } from '../../../miniprogram/protocol/actions'
import type { Clock } from '../../../miniprogram/services/clock'
import { type RoomApi, RoomApiError, type ServerTimeListener } from '../../../miniprogram/services/room-api/port'
import fc from '../../support/property'
import { ManualClock } from '../../unit/services/manual-clock'

/** What the scripted server does with a request. */
export type Move = { body: unknown } | 'lost' | 'silent'
export type Script = (request: Record<string, unknown>, n: number) => Move

/** Makes an adapter whose server follows the script. */
export type CreateRoomApi = (options: { clock: Clock; onServerTime: ServerTimeListener; script: Script }) => RoomApi

const ok = (result: object): Move => ({ body: { result, serverNow: 5 } })
const refuse = (code: string, details?: object): Move => ({
  body: { error: { code, message: 'no', ...(details && { details }) }, serverNow: 6 },
})

/** The one suite that every adapter of the RoomApi port has to pass. */
export function describeRoomApi(name: string, create: CreateRoomApi): void {
  describe(`RoomApi: ${name}`, () => {
    function world(script: Script) {
      const clock = new ManualClock()
      const requests: Record<string, unknown>[] = []
      const samples: Parameters<ServerTimeListener>[0][] = []
      const api = create({
        clock,
        onServerTime: (sample) => samples.push(sample),
        script: (request) => {
          requests.push(request)
          return script(request, requests.length)
        },
      })
      /** Settles the call while time goes on. */
      const outcome = async (call: Promise<unknown>, withinMs: number): Promise<unknown> => {
        let settled: { value: unknown } | null = null
        call.then(
          (value) => {
            settled = { value }
          },
          (value) => {
            settled = { value }
          },
        )
        await clock.pass(withinMs)
        return (settled as { value: unknown } | null)?.value
      }
      return { api, clock, requests, samples, outcome }
    }

    test('sends one flat object and gives the result', async () => {
      const { api, requests, outcome } = world(() => ok({ left: true }))
      expect(await outcome(api.call('leave', { roomId: 'r1' }), 50)).toEqual({ left: true })
      expect(requests).toEqual([{ action: 'leave', roomId: 'r1' }])
    })

    test('an input cannot choose another action', async () => {
      const { api, requests, outcome } = world(() => ok({}))
      const sly: { roomId: string } = Object.assign({ roomId: 'r1' }, { action: 'close' })
      await outcome(api.call('leave', sly), 50)
      expect(requests[0]?.action).toBe('leave')
    })

    test('a refusal keeps its code and details and is not tried again', async () => {
      const { api, requests, outcome } = world(() => refuse('already-live', { roomId: 'r9' }))
      const error = await outcome(api.call('create', { title: 't', cover: 'jade', requestId: 'q' }), 60_000)
      expect(error).toBeInstanceOf(RoomApiError)
      expect(error).toMatchObject({ code: 'already-live', details: { roomId: 'r9' }, transient: false })
      expect(requests).toHaveLength(1)
    })

    test("tells the server's time with every answer, refusals included", async () => {
      const { api, clock, samples, outcome } = world((_, n) => (n === 1 ? ok({}) : refuse('not-found')))
      const now = clock.now()
      await outcome(api.call('leave', { roomId: 'r1' }), 50)
      await outcome(api.call('enter', { roomId: 'r1' }), 50)
      expect(samples.map(({ serverNow }) => serverNow)).toEqual([5, 6])
      expect(samples[0]).toEqual({ serverNow: 5, sentAt: now, receivedAt: now + 50 })
    })

    test('a lost request is tried twice more, then it is the network', async () => {
      const { api, requests, outcome } = world(() => 'lost')
      expect(await outcome(api.call('enter', { roomId: 'r1' }), 2_000)).toMatchObject({ code: 'network' })
      expect(requests).toHaveLength(3)
    })

    test('the second try may succeed', async () => {
      const { api, outcome } = world((_, n) => (n === 1 ? refuse('unavailable') : ok({ rooms: [], nextCursor: null })))
      expect(await outcome(api.call('list', {}), 2_000)).toEqual({ rooms: [], nextCursor: null })
    })

    test('likes are never counted twice: no second try', async () => {
      const { api, requests, outcome } = world(() => 'lost')
      expect(await outcome(api.call('like', { roomId: 'r1', count: 3 }), 2_000)).toMatchObject({ code: 'network' })
      expect(requests).toHaveLength(1)
    })

    test('a server that never answers: a time-out after 10 s for every try, and no timer left', async () => {
      const { api, clock, outcome } = world(() => 'silent')
      const call = api.call('like', { roomId: 'r1', count: 1 })
      expect(await outcome(call, 9_950)).toBeUndefined()
      expect(await outcome(call, 100)).toMatchObject({ code: 'timeout', transient: true })
      expect(clock.pending).toBe(0)
    })

    test('a wait that the server asks for is kept when short, and handed to the caller when long', async () => {
      const short = world((_, n) => (n === 1 ? refuse('rate-limited', { retryInMs: 1500 }) : ok({ left: true })))
      const call = short.api.call('leave', { roomId: 'r1' })
      expect(await short.outcome(call, 1_400)).toBeUndefined()
      expect(await short.outcome(call, 200)).toEqual({ left: true })
      const long = world(() => refuse('rate-limited', { retryInMs: 60_000 }))
      const error = await long.outcome(long.api.call('leave', { roomId: 'r1' }), 50)
      expect(error).toMatchObject({ code: 'rate-limited', details: { retryInMs: 60_000 } })
    })

    test.each<[string, unknown]>([
      ['nothing', undefined],
      ['null', null],
      ['a text', '<html>504</html>'],
      ['a number', 7],
      ['a list', []],
      ['no result', { serverNow: 1 }],
      ['no time', { result: {} }],
      ['a time of text', { result: {}, serverNow: '1' }],
      ['a result of text', { result: 'ok', serverNow: 1 }],
      ['an error of text', { error: 'no', serverNow: 1 }],
      ['an unknown code', { error: { code: 'toString', message: 'x' }, serverNow: 1 }],
      ['no code', { error: {}, serverNow: 1 }],
    ])('an answer that is %s is an internal error', async (_, body) => {
      const { api, outcome } = world(() => ({ body }))
      const error = await outcome(api.call('enter', { roomId: 'r1' }), 50)
      expect(error).toBeInstanceOf(RoomApiError)
      expect(error).toMatchObject({ code: 'internal', details: {} })
    })

    test('whatever the server says, every call settles with an object or a RoomApiError', async () => {
      const actions: ActionName[] = ['login', 'list', 'like', 'close']
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...actions), fc.jsonValue(), async (action, body) => {
          const { api, outcome } = world(() => ({ body }))
          const value = await outcome(api.call(action, { roomId: 'r', count: 1 }), 2_000)
          expect(value instanceof RoomApiError || (typeof value === 'object' && value !== null)).toBe(true)
        }),
        { numRuns: 40 },
      )
    })
  })
}
