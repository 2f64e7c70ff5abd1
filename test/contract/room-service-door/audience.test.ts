import fc from '../../support/property'
import { liveRoom, person } from '../room-service/world'
import { type Desk, kindOf, openDesk } from './desk'

jest.setTimeout(60_000)

let desk: Desk
let roomID: string
beforeEach(async () => {
  desk = await openDesk()
  roomID = (await desk.show('anchor')).roomID
})
afterEach(() => desk.world.close())

describe('the audience', () => {
  const come = async (account: string, userInfo = '') => desk.audience.add(await desk.as(account), { roomID, userInfo })
  const go = async (account: string) => desk.audience.remove(await desk.as(account), roomID)
  const audience = async () => desk.audience.list(await desk.as('anchor'), roomID)

  test('M38, M45: whoever comes twice is one, whoever goes twice has gone once, and the count is that of the list', async () => {
    for (const account of ['a', 'b', 'a', 'b', 'a']) await come(account, `{"userName":"${account}"}`)
    const both = await audience()
    expect(both.audienceCount).toBe(2)
    expect(both.audiences.map(({ userID, userInfo }) => [userID, userInfo]).sort()).toEqual([
      ['a', '{"userName":"a"}'],
      ['b', '{"userName":"b"}'],
    ])
    for (const account of ['a', 'a', 'b', 'b', 'b']) await go(account)
    expect(await audience()).toEqual({ audienceCount: 0, audiences: [] })
    const room = await desk.pushers.inRoom(await desk.as('anchor'), 'live_room', roomID)
    expect(room.audienceCount).toBe(0)
  })

  test('M45: the list is bounded, the count is not', async () => {
    for (let i = 0; i < 33; i++) await come(`viewer_${i}`)
    const { audienceCount, audiences } = await audience()
    expect([audienceCount, audiences.length]).toEqual([33, 30])
  })

  test('M46: viewers of old do not beat; who is silent for long counts no more', async () => {
    await come('a')
    for (let minute = 0; minute < 10; minute++) {
      desk.wait(60_000)
      await desk.pushers.beat(await desk.as('anchor'), roomID, null)
      await desk.world.sweep()
    }
    expect((await audience()).audienceCount).toBe(0)
  })

  test('the creator and who is on stage watch nobody: they are not counted', async () => {
    await come('anchor')
    expect((await audience()).audienceCount).toBe(0)
  })

  test('people of the mini program are in it, under their public id', async () => {
    const bob = person('openid-bob')
    await desk.world.actions.enter(bob, { roomId: roomID })
    expect((await audience()).audiences).toEqual([{ userID: bob.userId, userInfo: '{"userName":"","userAvatar":""}' }])
  })

  test('a call has no audience', async () => {
    const call = await desk.conversation('anna', 'double_room')
    const viewer = await desk.as('viewer')
    expect(await kindOf(desk.audience.add(viewer, { roomID: call.roomID, userInfo: '' }))).toBe('no-such-room')
  })
})

describe('custom fields', () => {
  type Operation = 'set' | 'inc' | 'dec'
  const change = async (account: string, operation: Operation, value: string | number | null = null, fieldName = 'f') =>
    desk.custom.change(await desk.as(account), { roomID, fieldName, operation, value })
  const read = async (account = 'anchor') => desk.custom.read(await desk.as(account), roomID)

  test('M35, M36: set, inc and dec work, and answer with the whole map', async () => {
    expect(await change('anchor', 'set', 'red', 'colour')).toMatchObject({ customInfo: '{"colour":"red"}' })
    expect(await change('anchor', 'inc', null, 'likes')).toMatchObject({ customInfo: '{"colour":"red","likes":1}' })
    await change('anchor', 'inc', null, 'likes')
    expect(await change('anchor', 'dec', null, 'likes')).toMatchObject({ customInfo: '{"colour":"red","likes":1}' })
    expect(await change('anchor', 'set', 0, 'colour')).toMatchObject({ customInfo: '{"colour":0,"likes":1}' })
    expect(await read()).toMatchObject({ customInfo: '{"colour":0,"likes":1}' })
  })

  test('M37: JSON text for terminals of the first generation, an object for those of the second', async () => {
    await change('anchor', 'set', 'red')
    expect(await read()).toEqual({ custom: '{"f":"red"}', customInfo: '{"f":"red"}' })
    const second = { ...(await desk.as('anchor')), second: true }
    expect(await desk.custom.read(second, roomID)).toEqual({ custom: { f: 'red' }, customInfo: '{"f":"red"}' })
  })

  test('many who count at once are all counted, also the first ones', async () => {
    const viewers = Array.from({ length: 20 }, (_, i) => `viewer_${i}`)
    for (const viewer of viewers) await desk.audience.add(await desk.as(viewer), { roomID, userInfo: '' })
    await Promise.all(viewers.map((viewer) => change(viewer, 'inc', null, 'likes')))
    expect(await read()).toMatchObject({ custom: '{"likes":20}' })
  })

  test('who watches may count, who is on stage may set, who is not here may neither', async () => {
    await desk.audience.add(await desk.as('viewer'), { roomID, userInfo: '' })
    await change('viewer', 'inc')
    expect(await kindOf(change('viewer', 'set', 'x'))).toBe('not-allowed')
    expect(await kindOf(change('stranger', 'inc'))).toBe('not-allowed')
    await desk.linked('linker', roomID)
    await change('linker', 'set', 'x')
    expect(await kindOf(change('anchor', 'set'))).toBe('no-value')
  })

  test('a text cannot be counted, and there is an end to fields', async () => {
    await change('anchor', 'set', 'red')
    expect(await kindOf(change('anchor', 'inc'))).toBe('too-many-fields')
    for (let i = 1; i < 32; i++) await change('anchor', 'set', i, `f${i}`)
    expect(await kindOf(change('anchor', 'set', 1, 'one_too_many'))).toBe('too-many-fields')
    expect(await kindOf(change('anchor', 'inc', null, 'one_too_many'))).toBe('too-many-fields')
    expect(Object.keys(JSON.parse((await read()).customInfo))).toHaveLength(32)
  })

  test('rooms of the mini program may have fields too', async () => {
    const { roomId } = await liveRoom(desk.world, person('openid-anna'))
    const viewer = await desk.as('viewer')
    await desk.audience.add(viewer, { roomID: roomId, userInfo: '' })
    const said = { roomID: roomId, fieldName: 'likes', operation: 'inc', value: null } as const
    expect(await desk.custom.change(await desk.as('viewer'), said)).toMatchObject({ customInfo: '{"likes":1}' })
  })

  test('whatever is done to one field, it holds what a map would hold', async () => {
    const operation = fc.oneof(
      fc.record({ operation: fc.constant('set' as const), value: fc.oneof(fc.integer(), fc.string({ maxLength: 9 })) }),
      fc.record({ operation: fc.constantFrom('inc' as const, 'dec' as const), value: fc.constant(null) }),
    )
    let field = 0
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 8 }), async (steps) => {
        const name = `p${++field}`
        let model: string | number | undefined
        for (const step of steps) {
          const outcome = await change('anchor', step.operation, step.value, name).catch(() => null)
          if (step.operation === 'set') model = step.value as string | number
          else if (typeof model === 'string') expect(outcome).toBeNull()
          else model = (model ?? 0) + (step.operation === 'inc' ? 1 : -1)
        }
        expect(JSON.parse((await read()).customInfo)[name]).toBe(model)
      }),
      { numRuns: 15 },
    )
  })
})
