import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '../../support/eventually'
import { CALLBACK_KEY, type CallbackEvent, Cloud, sign } from './cloud'
import { type Encoder, probe, push, stopAll } from './ffmpeg'

let cloud: Cloud
beforeAll(async () => {
  cloud = await new Cloud().start()
})
afterAll(() => cloud.stop())
afterEach(stopAll)
jest.setTimeout(120_000)

const place = { AppName: 'live', DomainName: 'push.local' }
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds

async function record(StreamName: string, more: { EndTime?: number; Extension?: string } = {}): Promise<string> {
  const request = { ...place, StreamName, EndTime: inSeconds(3600), ...more }
  return (await cloud.live().CreateRecordTask(request)).TaskId ?? ''
}

const encode = (name: string, tracks?: Parameters<typeof push>[1]): Encoder =>
  push(cloud.rtmp(`/live/${name}?${sign(name)}`), tracks)

/** Which 332 events a stream had, in order. */
const statuses = (name: string) =>
  cloud.callbacks
    .filter((event) => event.event_type === 332 && event.stream_id === name)
    .map((event) => event.record_event)
const status = (name: string, record_event: string): Promise<CallbackEvent> =>
  cloud.event(332, name, (event) => event.record_event === record_event)

/** Waits until some whole fragments are in a growing file. */
async function grown(bytes = 10_000): Promise<void> {
  const folder = join(cloud.folder, 'media')
  const parts = () => readdirSync(folder).filter((file) => file.endsWith('.part'))
  await eventually(async () => parts().some((file) => statSync(join(folder, file)).size > bytes), 30_000)
}

it('records a live stream into an MP4 until it is stopped, and tells so in order', async () => {
  encode('show')
  await cloud.event(1, 'show')
  const TaskId = await record('show', { Extension: '{"room":"r1"}' })
  const begun = await status('show', 'record_start_succeeded')
  await grown()
  await cloud.live().StopRecordTask({ TaskId })
  const file = await cloud.event(100, 'show')
  expect(statuses('show')).toEqual(['record_start_succeeded', 'record_ended'])
  expect(begun).toMatchObject({ appid: 1400000000, domain: 'push.local', appname: 'live', task_id: TaskId })
  expect(JSON.parse(String(begun.record_detail))).toMatchObject({ file_format: 3, start_model: 5 })
  expect(file).toMatchObject({
    app: 'push.local',
    appname: 'live',
    channel_id: 'show',
    file_format: 'mp4',
    task_id: TaskId,
    callback_ext: '{"room":"r1"}',
    sign: createHash('md5').update(`${CALLBACK_KEY}${file.t}`).digest('hex'),
  })
  expect(file.record_file_id).toBe(file.file_id)
  expect(file).not.toHaveProperty('stream_param')
  expect(file.video_url).toBe(cloud.http(`/vod/${file.file_id}.mp4`))

  const seen = await probe(String(file.video_url))
  expect(seen.codecs).toEqual(['aac', 'h264'])
  expect(seen.frames).toBeGreaterThan(5)
  const { MediaInfoSet: [info] = [], NotExistFileIdSet } = await cloud
    .vod()
    .DescribeMediaInfos({ FileIds: [String(file.file_id), '1'] })
  expect(NotExistFileIdSet).toEqual(['1'])
  expect(info?.BasicInfo).toMatchObject({ MediaUrl: file.video_url, Category: 'Video', CoverUrl: '' })
  expect(info?.BasicInfo?.SourceInfo?.LiveRecordInfo).toMatchObject({ StreamId: 'show', Domain: 'push.local' })
  expect(info?.MetaData).toMatchObject({ Size: file.file_size, Width: 320, Height: 240 })
  expect(Math.max(1, Math.round(info?.MetaData?.Duration ?? 0))).toBe(file.duration)
  // The stream itself goes on.
  expect((await cloud.live().DescribeLiveStreamState({ ...place, StreamName: 'show' })).StreamState).toBe('active')
})

it('waits for a stream, ends a file with its push and begins another with the next', async () => {
  const TaskId = await record('twice')
  const first = encode('twice')
  await status('twice', 'record_start_succeeded')
  await grown()
  first.process.kill('SIGKILL')
  const one = await cloud.event(100, 'twice')
  const second = encode('twice')
  await eventually(async () => statuses('twice').length === 3, 30_000)
  await grown()
  second.process.kill('SIGKILL')
  const two = await cloud.event(100, 'twice', ({ file_id }) => file_id !== one.file_id)
  expect([one.task_id, two.task_id]).toEqual([TaskId, TaskId])
  expect(statuses('twice')).toEqual([
    'record_start_succeeded',
    'record_ended',
    'record_start_succeeded',
    'record_ended',
  ])
  // A stopped task leaves the next push to others.
  await cloud.live().StopRecordTask({ TaskId })
  const later = await record('twice')
  encode('twice')
  const begun = await cloud.event(332, 'twice', ({ task_id }) => task_id === later)
  expect(begun.record_event).toBe('record_start_succeeded')
  expect(statuses('twice')).toHaveLength(5)
})

it('ends by itself at EndTime, and the task is listed as never stopped', async () => {
  encode('timed')
  await cloud.event(1, 'timed')
  await probe(cloud.http('/live/timed.flv'))
  const EndTime = inSeconds(4)
  const TaskId = await record('timed', { EndTime })
  const file = await cloud.event(100, 'timed')
  expect(Number(file.end_time)).toBeGreaterThanOrEqual(EndTime)
  const window = { StartTime: EndTime - 3600, EndTime: EndTime + 3600 }
  const { TaskList = [] } = await cloud.live().DescribeRecordTask({ ...window, StreamName: 'timed' })
  expect(TaskList).toEqual([expect.objectContaining({ TaskId, StreamName: 'timed', EndTime, Stopped: 0 })])
})

it.each([
  ['a picture alone', { audio: false }, ['h264'], 'Video'],
  ['sound alone', { video: false }, ['aac'], 'Audio'],
])('records %s', async (_what, tracks, codecs, category) => {
  const name = `only_${codecs[0]}`
  const TaskId = await record(name)
  encode(name, tracks)
  await status(name, 'record_start_succeeded')
  await grown(4000)
  await cloud.live().StopRecordTask({ TaskId })
  const file = await cloud.event(100, name)
  expect((await probe(String(file.video_url))).codecs).toEqual(codecs)
  const { MediaInfoSet: [info] = [] } = await cloud.vod().DescribeMediaInfos({ FileIds: [String(file.file_id)] })
  expect(info?.BasicInfo?.Category).toBe(category)
})

it('serves a file whole, in ranges and as a head, until it is deleted', async () => {
  const { file_id, file_size, video_url } = await cloud.event(100, 'show')
  const [FileId, size, url] = [String(file_id), Number(file_size), String(video_url)]
  const get = async (range?: string, method = 'GET') => {
    const response = await fetch(url, { method, headers: range ? { range } : {} })
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const whole = await get()
  expect([whole.status, whole.headers.get('content-type'), whole.bytes.length]).toEqual([200, 'video/mp4', size])
  const part = await get('bytes=4-7')
  expect([part.status, part.headers.get('content-range'), String(part.bytes)]).toEqual([
    206,
    `bytes 4-7/${size}`,
    'ftyp',
  ])
  expect((await get('bytes=-10')).bytes).toEqual(whole.bytes.subarray(-10))
  const beyond = await get(`bytes=${size}-`)
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
  const head = await get(undefined, 'HEAD')
  expect([head.headers.get('content-length'), head.bytes.length]).toEqual([String(size), 0])

  await cloud.vod().DeleteMedia({ FileId })
  expect((await get()).status).toBe(404)
  await expect(cloud.vod().DeleteMedia({ FileId })).rejects.toMatchObject({ code: 'InvalidParameterValue.FileId' })
  expect((await cloud.vod().DescribeMediaInfos({ FileIds: [FileId] })).NotExistFileIdSet).toEqual([FileId])
})

it.each(['/vod/../tasks.json', '/vod/tasks.json', '/vod/..%2Ftasks.mp4', '/vod/1.mp4', '/vod/%00.mp4'])(
  'gives nothing away at %s',
  async (path) => {
    expect((await fetch(cloud.http(path))).status).toBe(404)
  },
)

describe('refuses, as Tencent words it,', () => {
  const task = () => ({ ...place, StreamName: 's', EndTime: inSeconds(60) })
  it.each([
    [
      'a task that is over',
      () => cloud.live().CreateRecordTask({ ...task(), EndTime: inSeconds(-1) }),
      'InvalidParameter',
    ],
    [
      'a task of eight days',
      () => cloud.live().CreateRecordTask({ ...task(), EndTime: inSeconds(8 * 86_400) }),
      'InvalidParameter',
    ],
    [
      'a task of two days',
      () => cloud.live().CreateRecordTask({ ...task(), EndTime: inSeconds(2 * 86_400) }),
      'InvalidParameter',
    ],
    ['an app we have not', () => cloud.live().CreateRecordTask({ ...task(), AppName: 'x' }), 'InvalidParameterValue'],
    [
      'a name that climbs',
      () => cloud.live().CreateRecordTask({ ...task(), StreamName: '../x' }),
      'InvalidParameterValue',
    ],
    ['a task nobody made', () => cloud.live().StopRecordTask({ TaskId: 'x' }), 'ResourceNotFound.TaskId'],
    ['no task', () => cloud.live().StopRecordTask({ TaskId: '' }), 'MissingParameter'],
    [
      'a list of a month',
      () => cloud.live().DescribeRecordTask({ StartTime: 0, EndTime: 2_600_000 }),
      'InvalidParameter',
    ],
    ['no files', () => cloud.vod().DescribeMediaInfos({ FileIds: [] }), 'MissingParameter'],
    ['an action of the other API', () => cloud.vod().request('StopRecordTask', { TaskId: 'x' }), 'InvalidAction'],
  ])('%s', async (_what, call, code) => {
    await expect(call()).rejects.toMatchObject({ code })
  })

  it('a fourth task for one stream', async () => {
    for (let i = 0; i < 3; i++) await record('crowded')
    await expect(record('crowded')).rejects.toMatchObject({ code: 'LimitExceeded.MaximumRunningTask' })
  })
})

it('stops a task twice without complaint', async () => {
  const TaskId = await record('never')
  await cloud.live().StopRecordTask({ TaskId })
  await expect(cloud.live().StopRecordTask({ TaskId })).resolves.toHaveProperty('RequestId')
})
