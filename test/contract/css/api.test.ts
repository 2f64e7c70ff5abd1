import { once } from 'node:events'
import WebSocket from 'ws'
import fc from '../../support/property'
import { Cloud, sign } from './cloud'

let cloud: Cloud
beforeAll(async () => {
  cloud = await new Cloud().start()
})
afterAll(() => cloud.stop())

const client = () => cloud.live()

const stream = (StreamName: string) => ({ AppName: 'live', DomainName: 'push.local', StreamName })
const state = async (name: string) => (await client().DescribeLiveStreamState(stream(name))).StreamState
const open = (name: string) => new WebSocket(cloud.ws(`/live/${name}.flv?${sign(name)}`), 'publisher')

async function live(name: string): Promise<WebSocket> {
  const socket = open(name)
  await once(socket, 'message')
  return socket
}

async function closing(socket: WebSocket): Promise<[number, string]> {
  const [code, reason] = await once(socket, 'close')
  return [code, String(reason)]
}

it('tells inactive, active and forbidden streams apart', async () => {
  expect(await state('a')).toBe('inactive')
  const pusher = await live('a')
  expect(await state('a')).toBe('active')
  const closed = closing(pusher)
  const { RequestId } = await client().ForbidLiveStream({ ...stream('a'), Reason: 'test' })
  expect(RequestId).toMatch(/^[0-9a-f-]{36}$/)
  await closed
  expect(await state('a')).toBe('forbid')
})

it('drops a live stream, which may come back, and says so in callback 0', async () => {
  const closed = closing(await live('dropped'))
  await client().DropLiveStream(stream('dropped'))
  expect(await closed).toEqual([4001, 'Dropped by API'])
  expect(await cloud.event(0, 'dropped')).toMatchObject({ errcode: 21, errmsg: 'Dropped by API' })
  const again = await live('dropped')
  again.close()
})

it('drops a stream that is not live without complaint', async () => {
  await expect(client().DropLiveStream(stream('never'))).resolves.toHaveProperty('RequestId')
})

it('forbids a live stream: pusher and viewers end, the used URL is refused until it is resumed', async () => {
  const pusher = closing(await live('kicked'))
  const viewer = closing(new WebSocket(cloud.ws('/live/kicked.flv')))
  await client().ForbidLiveStream(stream('kicked'))
  expect(await pusher).toEqual([4001, 'Forbidden by API'])
  expect(await viewer).toEqual(expect.arrayContaining([expect.any(Number)]))
  expect(await cloud.event(0, 'kicked')).toMatchObject({ errcode: 21, errmsg: 'Forbidden by API' })
  expect(await closing(open('kicked'))).toEqual([4003, 'stream forbidden'])
  await client().ResumeLiveStream(stream('kicked'))
  const back = await live('kicked')
  back.close()
})

it('forbids until ResumeTime, and no longer', async () => {
  await client().ForbidLiveStream({ ...stream('timed'), ResumeTime: new Date(Date.now() - 1000).toISOString() })
  expect(await state('timed')).toBe('inactive')
  await client().ForbidLiveStream({ ...stream('timed'), ResumeTime: '2999-01-01T00:00:00Z' })
  expect(await state('timed')).toBe('forbid')
})

it('still refuses a forbidden stream after a restart', async () => {
  await client().ForbidLiveStream(stream('lasting'))
  await cloud.streaming.close()
  await cloud.restart()
  expect(await closing(open('lasting'))).toEqual([4003, 'stream forbidden'])
})

it('lists live streams in pages', async () => {
  const pushers = await Promise.all(Array.from({ length: 12 }, (_, i) => live(`page-${i}`)))
  const list = await client().DescribeLiveStreamOnlineList({ PageNum: 2, PageSize: 10 })
  expect(list).toMatchObject({ TotalNum: 12, TotalPage: 2, PageNum: 2, PageSize: 10 })
  expect(list.OnlineInfo).toHaveLength(2)
  const one = await client().DescribeLiveStreamOnlineList({ StreamName: 'page-3' })
  expect(one.OnlineInfo).toEqual([
    expect.objectContaining({ StreamName: 'page-3', AppName: 'live', DomainName: 'push.local' }),
  ])
  expect(one.OnlineInfo?.[0]?.PublishTimeList?.[0]?.PublishTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  for (const pusher of pushers) pusher.terminate()
})

describe('errors, as Tencent words them', () => {
  it.each([
    [
      'another key',
      () => cloud.live({ secretKey: 'guess' }).DropLiveStream(stream('s')),
      'AuthFailure.SignatureFailure',
    ],
    ['another id', () => cloud.live({ secretId: 'AKIDx' }).DropLiveStream(stream('s')), 'AuthFailure.SecretIdNotFound'],
    ['an action we have not', () => client().DescribeLiveDomains({}), 'InvalidAction'],
    ['an app we have not', () => client().DropLiveStream({ ...stream('s'), AppName: 'x' }), 'InvalidParameterValue'],
    ['an empty stream name', () => client().DropLiveStream(stream('')), 'MissingParameter'],
    [
      'a page size of a million',
      () => client().DescribeLiveStreamOnlineList({ PageSize: 1e6 }),
      'InvalidParameterValue',
    ],
    [
      'a time that is none',
      () => client().ForbidLiveStream({ ...stream('s'), ResumeTime: 'soon' }),
      'InvalidParameterValue',
    ],
  ])('for %s', async (_fault, call, code) => {
    await expect(call()).rejects.toMatchObject({ code })
  })

  it('for a number where a name belongs', async () => {
    const wrong = { ...stream('s'), StreamName: 7 as unknown as string }
    await expect(client().DropLiveStream(wrong)).rejects.toMatchObject({ code: 'InvalidParameter' })
  })

  it('for whatever is sent, and never with a fault of ours', async () => {
    const field = fc.oneof(
      fc.constantFrom('s', 'live', 'push.local', 'room', '', 0, 1, 2, -1, 1e12, Math.floor(Date.now() / 1000) + 60),
      fc.jsonValue({ maxDepth: 2 }),
    )
    const place = { StreamName: field, DomainName: field, AppName: field }
    const optional = { requiredKeys: [] as never[] }
    const layout = { ImageLayer: field, InputType: field, ImageWidth: field, LocationX: field, Color: field }
    const input = fc.record({ InputStreamName: field, LayoutParams: fc.record(layout, optional) }, optional)
    const OutputParams = fc.record({ OutputStreamName: field, OutputStreamType: field }, optional)
    const mix = { MixStreamSessionId: field, InputStreamList: fc.oneof(fc.array(input), field), OutputParams }
    const record = { ...place, EndTime: field, StartTime: field, Extension: field }
    const calls: [string, fc.Arbitrary<object>][] = [
      ['CreateRecordTask', fc.record(record, optional)],
      ['DescribeRecordTask', fc.record(record, optional)],
      ['StopRecordTask', fc.record({ TaskId: field }, optional)],
      ['CreateCommonMixStream', fc.record(mix, optional)],
      ['CancelCommonMixStream', fc.record(mix, optional)],
      ['ForbidLiveStream', fc.record({ ...place, ResumeTime: field }, optional)],
      ['DescribeLiveStreamOnlineList', fc.record({ ...place, PageNum: field, PageSize: field }, optional)],
    ]
    const call = fc.oneof(...calls.map(([action, params]) => fc.tuple(fc.constant(action), params)))
    await fc.assert(
      fc.asyncProperty(call, async ([action, params]) => {
        const code = await client()
          .request(action, params)
          .then(() => '')
          .catch((error: { code?: string; message: string }) => error.code ?? error.message)
        expect(code).toMatch(
          /^$|^(MissingParameter|InvalidParameter|LimitExceeded|FailedOperation|Resource|Unsupported)/,
        )
      }),
      { numRuns: 300 },
    )
    const files = fc.record({ FileIds: fc.oneof(fc.array(field), field), FileId: field }, optional)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('DescribeMediaInfos', 'DeleteMedia'), files, async (action, params) => {
        const outcome = cloud.vod().request(action, params)
        const code = await outcome.then(() => '').catch((error: { code?: string }) => error.code ?? 'none')
        expect(code).toMatch(/^$|^(MissingParameter|InvalidParameter)/)
      }),
      { numRuns: 100 },
    )
  }, 60_000)

  it('for a body that is too long', async () => {
    const headers = { 'x-tc-action': 'DropLiveStream' }
    const response = await fetch(cloud.http('/'), { method: 'POST', headers, body: 'x'.repeat(2 << 20) })
    expect(await response.json()).toMatchObject({ Response: { Error: { Code: 'RequestSizeLimitExceeded' } } })
  })
})
