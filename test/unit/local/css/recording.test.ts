import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as mediabunny from 'mediabunny'
import { RecordEvents } from '../../../../local/css/recording/events'
import { fileTarget } from '../../../../local/css/recording/file-target'
import { MediaLibrary } from '../../../../local/css/recording/library'
import { Recording, type RecordingDeps } from '../../../../local/css/recording/recording'
import type { RecordTask } from '../../../../local/css/recording/tasks'
import { Stream } from '../../../../local/css/stream'
import type { Push } from '../../../../local/css/stream-table'
import { eventually } from '../../../support/eventually'
import { AUDIO, body, VIDEO } from '../../../support/flv'
import { AVC_CONFIG, AVC_INTER, AVC_KEY } from './avc'
import { message, meta } from './media'

const NOW = 1_700_000_000_000
const TASK: RecordTask = {
  taskId: 't',
  stream: 's',
  startAt: 0,
  endAt: NOW,
  stoppedAt: 0,
  templateId: 0,
  extension: '',
}

let folder: string
let push: Push
let sent: {
  event_type: number
  record_event?: string
  record_detail?: string
  duration?: number
  session_id?: string
}[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recording-'))
  sent = []
  const common = { app: 'live', name: 's', query: '', ip: '127.0.0.1', close: () => undefined }
  push = { ...common, sequence: '42', startedAt: NOW, stream: new Stream() }
})
afterEach(async () => {
  await eventually(async () => !readdirSync(folder).some((file) => file.endsWith('.todo.json')))
  rmSync(folder, { recursive: true })
})

function record(change: Partial<RecordingDeps> = {}): Recording {
  const callbacks = {
    record: async (_stream: string, event: object) => {
      sent.push(event as (typeof sent)[number])
      return true
    },
  }
  return new Recording(push, TASK, {
    lib: mediabunny,
    library: new MediaLibrary(folder),
    events: new RecordEvents({ app: 'live', domain: 'd', publicBase: 'http://h' }, callbacks, () => NOW),
    createTarget: (path) => fileTarget(mediabunny, path),
    maxQueuedBytes: 1 << 20,
    now: () => NOW,
    ...change,
  })
}

/** What was told: statuses by name, files by their length. */
const told = () => sent.map(({ record_event, duration }) => record_event ?? duration)
const problem = () => sent.map(({ record_detail }) => JSON.parse(record_detail ?? '{}').error_message).find(Boolean)

/** Pushes pictures at 25 a second with a key frame each second, and sound, from `from` to `to` (ms). */
function feed(from: number, to: number, tracks: { video?: boolean; audio?: boolean } = {}): void {
  const { video = true, audio = true } = tracks
  for (let time = from; time < to; time += 40) {
    if (video) push.stream.push(message(VIDEO, time % 1000 === 0 ? AVC_KEY : AVC_INTER, time))
    if (audio) push.stream.push(message(AUDIO, body.audio(1, 20), time + 5))
  }
}
function configure(): void {
  push.stream.push(message(18, meta({ width: 320, height: 240, videocodecid: 7, audiocodecid: 10 })))
  push.stream.push(message(VIDEO, AVC_CONFIG))
  push.stream.push(message(AUDIO, body.audioConfig))
}

it('begins with the last key frame when it joins in the middle', async () => {
  configure()
  feed(0, 3400)
  const recording = record()
  feed(3400, 5000)
  await recording.stop()
  expect(told()).toEqual(['record_start_succeeded', 'record_ended', 2])
})

it('ends with the push, and is complete then', async () => {
  configure()
  const recording = record()
  feed(0, 5000)
  push.stream.end()
  await recording.stop()
  expect(told()).toEqual(['record_start_succeeded', 'record_ended', 5])
})

it('begins another file when a track falls silent and when the picture changes, in one session', async () => {
  configure()
  const recording = record()
  feed(0, 4000)
  feed(4000, 10_000, { audio: false })
  push.stream.push(message(VIDEO, Buffer.concat([AVC_CONFIG.subarray(0, -1), Buffer.of(0xc9)]), 10_000))
  feed(10_000, 12_000, { audio: false })
  await recording.stop()
  const one = ['record_start_succeeded', 'record_ended']
  expect(told().filter((what) => typeof what === 'string')).toEqual([...one, ...one, ...one])
  const lengths = told().filter((what) => typeof what === 'number')
  expect(lengths).toHaveLength(3)
  // Nothing but the rest of a group of pictures is lost at a seam.
  expect(lengths.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(10)
  expect(new Set(sent.map(({ session_id }) => session_id).filter(Boolean)).size).toBe(1)
  expect(readdirSync(folder).filter((file) => file.endsWith('.mp4'))).toHaveLength(3)
})

it('takes small steps back of the clock, and begins another file when it begins anew', async () => {
  configure()
  const recording = record()
  feed(0, 2000)
  feed(1960, 4000)
  feed(0, 2000)
  await recording.stop()
  expect(told()).toEqual(['record_start_succeeded', 'record_ended', 4, 'record_start_succeeded', 'record_ended', 2])
})

it('says what is missing when there is nothing that can be recorded', async () => {
  const recording = record()
  push.stream.push(message(VIDEO, Buffer.from([0x1c, 0, 0, 0, 0, 1, 2, 3]), 0))
  for (let time = 0; time < 12_000; time += 40)
    push.stream.push(message(VIDEO, Buffer.from([0x2c, 1, 0, 0, 0, 9]), time))
  await recording.stop()
  expect(told()).toEqual(['record_start_failed'])
  expect(problem()).toContain('neither an H.264 picture')
  expect(readdirSync(folder)).toEqual([])
})

it('ends with an error when the disk stands still, and holds neither the stream nor much of it', async () => {
  let resume: (() => void) | undefined
  const stuck = new Promise<void>((resolve) => {
    resume = resolve
  })
  let written = 0
  const recording = record({
    maxQueuedBytes: 100_000,
    createTarget: () =>
      new mediabunny.StreamTarget(
        new WritableStream({
          async write({ data }) {
            written += data.byteLength
            if (written > 1000) await stuck
          },
        }),
      ),
  })
  configure()
  const big = (kind: Buffer) => Buffer.concat([kind.subarray(0, 5), Buffer.alloc(10_000, 1)])
  feed(0, 40)
  await eventually(async () => told().includes('record_start_succeeded'))
  let time = 40
  // A muxer on a healthy disk keeps up with this; frames are refused only once the disk has taken nothing for a while.
  while (problem() === undefined) {
    push.stream.push(message(VIDEO, big(time % 1000 === 0 ? AVC_KEY : AVC_INTER), time))
    push.stream.push(message(AUDIO, body.audio(1, 20), time))
    time += 40
    await new Promise(setImmediate)
    if (time > 100_000) throw new Error('it queues without end')
  }
  expect(problem()).toContain('too slowly')
  expect(told()).toEqual(['record_start_succeeded', 'record_error'])
  resume?.()
  await recording.stop()
})

it('ends with an error when the disk refuses, and keeps what is on it', async () => {
  let writes = 0
  const recording = record({
    createTarget: (path) =>
      new mediabunny.StreamTarget(
        new WritableStream({
          write({ data }) {
            writes += 1
            // The head, and a second of pictures and sound with each write after it.
            if (writes > 3) throw new Error('ENOSPC: no space left on device')
            appendFileSync(path, data)
          },
        }),
      ),
  })
  configure()
  feed(0, 6000)
  await recording.stop()
  expect(told()).toEqual(['record_start_succeeded', 'record_error', 'record_ended', 2])
  expect(problem()).toContain('ENOSPC')
})
