import { type CssError, createCssStreaming } from '../../../cloudfunctions/adapters/streaming-css'
import { recordFile, recordStatus, streamEvent } from '../../../cloudfunctions/contract/live-callback'
import { check } from '../../../cloudfunctions/contract/parse'
import { floating } from '../../../cloudfunctions/core/mixing/layout'
import type { Streaming } from '../../../cloudfunctions/core/ports'
import { eventually } from '../../support/eventually'
import { Cloud, SECRET_ID, SECRET_KEY, sign } from '../css/cloud'
import { push, stopAll } from '../css/ffmpeg'

const ROOM = `r${'0'.repeat(24)}`
const ANCHOR = `${ROOM}_1_${'a'.repeat(32)}`
const LINKER = `${ROOM}_s1e1_${'b'.repeat(32)}`
const MIX = `${ROOM}_m_${'c'.repeat(32)}`

// The adapter and the streaming stand-in speak the same: what one asks and the other tells, end to end.
let cloud: Cloud
let streaming: Streaming
jest.setTimeout(120_000)
beforeEach(async () => {
  cloud = await new Cloud().start({ mixStartMs: 60_000 })
  const config = { endpoint: `127.0.0.1:${cloud.streaming.httpPort}`, protocol: 'http://', pushDomain: 'push.local' }
  streaming = createCssStreaming(
    { ...config, app: 'live', secretId: SECRET_ID, secretKey: SECRET_KEY },
    { timeoutS: 90 },
  )
})
afterEach(async () => {
  await stopAll()
  await cloud.stop()
})

const live = async (name: string) => {
  push(cloud.rtmp(`/live/${name}?${sign(name)}`))
  expect(check(streamEvent, await cloud.event(1, name)).ok).toBe(true)
}

it('records a stream into a file, tells of it as our door reads it, and deletes it', async () => {
  const task = await streaming.startRecording(ANCHOR, Date.now() + 3600_000, ROOM)
  expect(await streaming.recordingsOf(ANCHOR)).toEqual([task])
  await live(ANCHOR)
  const started = check(recordStatus, await cloud.event(332, ANCHOR))
  expect(started).toMatchObject({ ok: true, value: { task_id: task, record_event: 'record_start_succeeded' } })
  await streaming.stopRecording(task)
  expect(await streaming.recordingsOf(ANCHOR)).toEqual([])
  const file = check(recordFile, await cloud.event(100, ANCHOR))
  expect(file).toMatchObject({ ok: true, value: { stream_id: ANCHOR, task_id: task } })
  if (!file.ok) return
  expect((await fetch(file.value.video_url)).status).toBe(200)
  await streaming.deleteRecording(file.value.file_id)
  expect((await fetch(file.value.video_url)).status).toBe(404)
  await streaming.deleteRecording(file.value.file_id)
  await streaming.stopRecording(task)
  await streaming.stopRecording('never')
})

it('mixes a layout of ours into a stream of its own, and ends that', async () => {
  await Promise.all([live(ANCHOR), live(LINKER)])
  await streaming.mix('mix_room', floating(ANCHOR, LINKER), MIX)
  const isOn = async () => (await streaming.online()).has(MIX)
  await eventually(isOn, 60_000)
  await streaming.endMix('mix_room')
  await eventually(async () => !(await isOn()), 60_000)
  await streaming.endMix('mix_room')
})

it('cuts, forbids and allows a stream, and is refused with a code when the key is wrong', async () => {
  await live(ANCHOR)
  await streaming.cut(ANCHOR)
  await cloud.event(0, ANCHOR)
  await streaming.forbid(ANCHOR)
  await streaming.allow(ANCHOR)
  await streaming.allow(ANCHOR)
  const endpoint = `127.0.0.1:${cloud.streaming.httpPort}`
  const stranger = createCssStreaming({
    ...{ endpoint, protocol: 'http://', pushDomain: 'push.local', app: 'live' },
    ...{ secretId: SECRET_ID, secretKey: 'wrong' },
  })
  const refused = await stranger.online().catch((error: CssError) => error)
  expect(refused).toMatchObject({ code: 'AuthFailure.SignatureFailure' })
})
