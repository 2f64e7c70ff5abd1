import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '../../support/eventually'
import { Cloud, sign } from './cloud'
import { probe, push, stopAll } from './ffmpeg'
import { type StreamingProcess, startProcess } from './streaming-process'

let cloud: Cloud
let crashing: StreamingProcess | undefined
beforeEach(() => {
  cloud = new Cloud()
})
afterEach(async () => {
  await stopAll()
  await crashing?.kill()
  await cloud.stop()
})
jest.setTimeout(120_000)

const place = { AppName: 'live', DomainName: 'push.local' }
const folder = (): string => join(cloud.folder, 'media')
const files = (ending: string): string[] => readdirSync(folder()).filter((file) => file.endsWith(ending))
const sizeOf = (file: string): number => statSync(join(folder(), file)).size

it('finds after a kill -9 what was being recorded, and tells of it; the task records on', async () => {
  await cloud.listen()
  crashing = await startProcess(cloud.options())
  const EndTime = Math.floor(Date.now() / 1000) + 3600
  const client = cloud.live({ port: crashing.httpPort })
  const request = { ...place, StreamName: 'show', EndTime, Extension: 'r1' }
  const { TaskId } = await client.CreateRecordTask(request)
  push(`rtmp://127.0.0.1:${crashing.rtmpPort}/live/show?${sign('show')}`)
  await cloud.event(332, 'show')
  // Each fragment is a second; some of them are on the disk.
  await eventually(async () => files('.part').some((file) => sizeOf(file) > 40_000), 30_000)
  await crashing.kill()
  expect(files('.mp4')).toEqual([])

  await cloud.restart()
  const file = await cloud.event(100, 'show')
  expect(file).toMatchObject({ task_id: TaskId, callback_ext: 'r1', video_url: cloud.http(`/vod/${file.file_id}.mp4`) })
  expect(file.duration).toBeGreaterThanOrEqual(1)
  expect(file.file_size).toBeGreaterThan(30_000)
  const seen = await probe(String(file.video_url))
  expect(seen.codecs).toEqual(['aac', 'h264'])
  expect(seen.frames).toBeGreaterThan(5)
  expect(cloud.callbacks.map(({ record_event }) => record_event).filter(Boolean)).toEqual([
    'record_start_succeeded',
    'record_ended',
  ])

  push(cloud.rtmp(`/live/show?${sign('show')}`))
  const again = await cloud.event(332, 'show', ({ session_id }) => session_id !== cloud.callbacks[1]?.session_id)
  expect(again).toMatchObject({ record_event: 'record_start_succeeded', task_id: TaskId })
})

it('tells again what nobody took, until somebody does, and then no more', async () => {
  await cloud.start({ callbackUrl: 'http://127.0.0.1:1/nobody', callbackRetryMs: [] })
  const EndTime = Math.floor(Date.now() / 1000) + 3600
  await cloud.live().CreateRecordTask({ ...place, StreamName: 'untold', EndTime })
  push(cloud.rtmp(`/live/untold?${sign('untold')}`))
  await eventually(async () => files('.part').some((file) => sizeOf(file) > 10_000), 30_000)
  await stopAll()
  await eventually(async () => files('.mp4').length === 1)
  await cloud.streaming.close()
  expect(files('.todo.json')).toHaveLength(1)

  await cloud.restart()
  const file = await cloud.event(100, 'untold')
  await eventually(async () => files('.todo.json').length === 0)
  await cloud.streaming.close()
  await cloud.restart()
  // Whatever it still owed would come before the next event of the same stream.
  push(cloud.rtmp(`/live/untold?${sign('untold')}`))
  await cloud.event(332, 'untold', ({ record_event }) => record_event === 'record_start_succeeded')
  expect(cloud.callbacks.filter(({ event_type }) => event_type === 100)).toEqual([file])
})

it('completes what is being recorded when it is closed', async () => {
  await cloud.start()
  const EndTime = Math.floor(Date.now() / 1000) + 3600
  await cloud.live().CreateRecordTask({ ...place, StreamName: 'closing', EndTime })
  push(cloud.rtmp(`/live/closing?${sign('closing')}`))
  await eventually(async () => files('.part').some((file) => sizeOf(file) > 10_000), 30_000)
  await cloud.streaming.close()
  expect([files('.part'), files('.mp4')]).toEqual([[], [expect.any(String)]])
  await cloud.restart()
  expect((await probe(String((await cloud.event(100, 'closing')).video_url))).codecs).toEqual(['aac', 'h264'])
})
