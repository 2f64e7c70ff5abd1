import { type Functions, startFunctions } from './functions'

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions({
    LIVE_BIZID: '8888',
    LIVE_PUSH_BASE: 'rtmp://8888.livepush.myqcloud.com/live',
    LIVE_PLAY_BASE: 'https://8888.liveplay.myqcloud.com/live',
  })
}, 60_000)
afterAll(() => fns.close())

it('an account with live codes has its BIZID before each name, on every wire but ours', async () => {
  const show = { action: 'create', title: 'A show', cover: 'jade', requestId: 'r1' }
  const { result: created } = await fns.callRoom(show, 'openid-anna')
  const { roomId } = created.room
  expect(created.push.url).toMatch(
    new RegExp(`^rtmp://8888\\.livepush\\.myqcloud\\.com/live/8888_${roomId}_1_[0-9a-f]{32}\\?bizid=8888&txSecret=`),
  )
  const stream_id = new URL(created.push.url).pathname.split('/').at(-1) ?? ''
  const event = { event_type: 1, stream_id, sequence: 's1', event_time: Math.floor(Date.now() / 1000) }
  expect((await fns.callback(event)).status).toBe(200)
  const { result: entered } = await fns.callRoom({ action: 'enter', roomId }, 'openid-bob')
  expect(entered.room.state).toBe('live')
  expect(entered.play.flv).toBe(`https://8888.liveplay.myqcloud.com/live/${stream_id}.flv`)
  await fns.callRoom({ action: 'close', roomId }, 'openid-anna')
  const forbidden = fns.calls.filter(({ name }) => name === 'ForbidLiveStream').map(({ body }) => body.StreamName)
  expect(forbidden).toEqual([stream_id])
}, 60_000)
