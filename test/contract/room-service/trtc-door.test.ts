import { createHmac } from 'node:crypto'
import { type Functions, startFunctions } from './functions'

const KEY = 'trtc-callback-key'

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions({
    ...{ MEDIA_PLANE: 'trtc', TRTC_SDK_APP_ID: '1400000001', TRTC_SECRET_KEY: 'a-secret', TRTC_CALLBACK_KEY: KEY },
  })
})
afterAll(() => fns.close())

const post = (body: string, sign = createHmac('sha256', KEY).update(body).digest('base64')) =>
  fns.post('/http/trtc-callback', body, { sign, sdkappid: '1400000001' })
const event = (EventType: number, info: object) =>
  JSON.stringify({
    EventGroupId: EventType < 200 ? 1 : 2,
    EventType,
    CallbackTs: Date.now(),
    EventInfo: { EventTs: Math.floor(Date.now() / 1000), EventMsTs: Date.now(), ...info },
  })

it('turns a seat on and off again with what TRTC tells, and acknowledges what nobody here needs', async () => {
  const call = { action: 'create', title: 'A', cover: 'jade', requestId: '1', kind: 'call' }
  const { result } = await fns.callRoom(call, 'alice')
  const { roomId } = result.room
  const { userId } = result.seat.media
  const states: unknown[] = []
  for (const type of [101, 203, 104, 103, 201, 204]) {
    const answer = await post(event(type, { RoomId: roomId, UserId: userId, Role: 20, Reason: 1 }))
    expect([type, answer.status, await answer.json()]).toEqual([type, 200, { code: 0 }])
    const { result: truth } = await fns.callRoom({ action: 'sync', roomId, version: 0 }, 'bert')
    states.push(truth.room.seats[0].state)
  }
  expect(states).toEqual(['held', 'on', 'held', 'on', 'on', 'on'])
})

it('takes numbers for ids, and times without milliseconds', async () => {
  const told = { RoomId: 12345, UserId: 'somebody', EventMsTs: undefined }
  expect((await post(event(103, told))).status).toBe(200)
})

it('believes nobody without the signature, and nothing that is no callback', async () => {
  const body = event(103, { RoomId: 'r1', UserId: 'u1' })
  expect((await post(body, 'x')).status).toBe(403)
  expect((await post(`${body} `, createHmac('sha256', KEY).update(body).digest('base64'))).status).toBe(403)
  for (const garbage of ['', '[]', 'no', '{}', '{"EventType":"103"}', '{"EventType":103}']) {
    expect([garbage, (await post(garbage)).status]).toEqual([garbage, 400])
  }
})
