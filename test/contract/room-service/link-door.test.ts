import { type Functions, startFunctions } from './functions'

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions()
})
afterAll(() => fns.close())

const streamOf = (url: string): string => new URL(url).pathname.split('/').pop() ?? ''

it('link-mic through the built functions: ask, accept, come, push, be seen, leave, and the URL is dead', async () => {
  const anna = (event: object) => fns.callRoom(event, 'anna-openid')
  const bob = (event: object) => fns.callRoom(event, 'bob-openid')
  const { result } = await anna({ action: 'create', title: 'A', cover: 'jade', requestId: '1' })
  const { roomId } = result.room

  const { link } = (await bob({ action: 'link.request', roomId })).result
  expect(fns.calls.some(({ name, body }) => name === 'sendmsg' && body.To_Account === result.me.userId)).toBe(true)
  const { seat } = (await anna({ action: 'link.accept', roomId, linkId: link.linkId })).result
  const taken = (await bob({ action: 'seat.take', roomId })).result
  const stream = streamOf(taken.push.url)
  expect(taken).toMatchObject({ seat, epoch: 1, room: { seats: [{ state: 'held' }, {}, {}] } })

  const event_time = Math.floor(Date.now() / 1000)
  const answer = await fns.callback({ event_type: 1, stream_id: stream, sequence: '7', event_time })
  expect(answer.status).toBe(200)
  const beat = (await anna({ action: 'beat', roomId, epoch: 1, version: 0 })).result
  expect(beat.room.seats[0]).toMatchObject({ state: 'on', user: { userId: link.user.userId } })
  expect(beat.play).toMatchObject([{ userId: link.user.userId, seat, url: expect.stringContaining(stream) }])
  expect((await bob({ action: 'seat.beat', roomId, seat, epoch: 1, version: 0 })).error).toBeUndefined()

  expect((await bob({ action: 'seat.leave', roomId })).result).toEqual({ left: true })
  const forbidden = fns.calls.filter(({ name }) => name === 'ForbidLiveStream').map(({ body }) => body.StreamName)
  expect(forbidden).toEqual([stream])
  expect((await bob({ action: 'seat.beat', roomId, seat, epoch: 1, version: 0 })).error?.code).toBe('not-on-stage')
})

it('refuses what has not the documented shape, field by field, with a code and no crash', async () => {
  const roomId = `r${'0'.repeat(24)}`
  const bad: [object, string][] = [
    [{ action: 'link.request' }, 'roomId'],
    [{ action: 'link.accept', roomId, linkId: 'x' }, 'linkId'],
    [{ action: 'link.accept', roomId, linkId: { $gt: '' } }, 'linkId'],
    [{ action: 'link.accept', roomId, linkId: `l${'0'.repeat(24)}`, seat: 9 }, 'seat'],
    [{ action: 'link.invite', roomId, userId: '$where' }, 'userId'],
    [{ action: 'link.reject', roomId, linkId: `l${'0'.repeat(24)}`, reason: 'x'.repeat(61) }, 'reason'],
    [{ action: 'seat.push', roomId, seat: 1.5, epoch: 1 }, 'seat'],
    [{ action: 'seat.beat', roomId, seat: 1, epoch: 0, version: 0 }, 'epoch'],
    [{ action: 'seat.quiet', roomId, seat: 1, mic: 'yes', camera: true }, 'mic'],
  ]
  for (const [event, field] of bad) {
    const { error } = await fns.callRoom(event, 'mallory-openid')
    expect(error).toMatchObject({ code: 'bad-input', details: { issues: [{ field }] } })
  }
})
