import { type Functions, startFunctions } from './functions'

const STREAM = `r0123456789abcdef01234567_1_${'0'.repeat(32)}`
const file = {
  event_type: 100,
  stream_id: STREAM,
  channel_id: STREAM,
  file_id: '1397757898765432100',
  record_file_id: '1397757898765432100',
  file_format: 'mp4',
  task_id: 'UZZUVbQ1FSQF',
  start_time: 1_700_000_000,
  end_time: 1_700_000_060,
  start_time_usec: 1000,
  duration: 59,
  file_size: 4096,
  video_url: 'http://vod.test/a/f0.mp4',
  callback_ext: '',
}
const status = { event_type: 332, stream_id: STREAM, task_id: 'UZZUVbQ1FSQF', session_id: '1', seq: '1' }

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions()
})
afterAll(() => fns.close())

const live = async (openid: string) => {
  const { result } = await fns.callRoom({ action: 'create', title: 'A', cover: 'jade', requestId: '1' }, openid)
  const stream = new URL(result.push.url).pathname.split('/').pop() as string
  await fns.callback({ event_type: 1, stream_id: stream, sequence: '1', event_time: Math.floor(Date.now() / 1000) })
  return { roomId: result.room.roomId as string, stream }
}
const recordings = async (roomId: string) =>
  (await fns.callRoom({ action: 'recordings', roomId }, 'anybody')).result.recordings

it('keeps the file that callback 100 tells of, once', async () => {
  const { roomId, stream } = await live('alice')
  for (let i = 0; i < 3; i++) {
    const answer = await fns.callback({ ...file, stream_id: stream })
    expect([answer.status, await answer.json()]).toEqual([200, { code: 0 }])
  }
  expect(await recordings(roomId)).toMatchObject([
    {
      recordingId: '1397757898765432100',
      startedAt: 1_700_000_001_000,
      durationMs: 59_000,
      bytes: 4096,
      url: 'http://vod.test/a/f0.mp4',
    },
  ])
})

it('takes a file without our task, and figures that come as text', async () => {
  const { roomId, stream } = await live('bert')
  const { record_file_id: _id, task_id: _task, ...bare } = file
  const answer = await fns.callback({ ...bare, stream_id: stream, file_id: 'f-2', duration: '59', file_size: '4096' })
  expect(answer.status).toBe(200)
  expect(await recordings(roomId)).toMatchObject([{ recordingId: 'f-2', bytes: 4096 }])
})

it('acknowledges files of streams that are not ours, and kinds that nobody here needs', async () => {
  for (const fields of [file, { ...file, stream_id: 'obs' }, { event_type: 200 }, { event_type: 317, x: null }]) {
    expect((await fns.callback(fields)).status).toBe(200)
  }
})

it('M48: refuses what cannot be a file, and keeps nothing of it', async () => {
  for (const wrong of [
    { file_id: '' },
    { file_id: null, record_file_id: null },
    { duration: -1 },
    { duration: 'long' },
    { end_time: null },
    { file_size: {} },
    { video_url: 'javascript:alert(1)' },
    { video_url: 'x' },
    { stream_id: '$where' },
    { record_file_id: '../etc' },
  ]) {
    expect((await fns.callback({ ...file, ...wrong })).status).toBe(400)
  }
})

it('reads how a recording goes in both spellings, and leaves alone what it does not know', async () => {
  for (const fields of [
    { record_event: 'record_error' },
    { recordevent: 'record_error' },
    { record_event: 'record_ended', record_detail: '{}' },
    { record_event: 'record_start_succeeded' },
    { record_event: 'constructor' },
    { record_event: 'record_error', task_id: '' },
    { record_event: 'record_error', task_id: undefined },
    {},
  ]) {
    const answer = await fns.callback({ ...status, ...fields })
    expect([answer.status, await answer.json()]).toEqual([200, { code: 0 }])
  }
  expect((await fns.callback({ ...status, task_id: { $ne: '' } })).status).toBe(400)
})

it('hears that a recording broke off in either spelling', async () => {
  for (const [spelling, openid] of [
    ['record_event', 'carl'],
    ['recordevent', 'dora'],
  ] as const) {
    const { stream } = await live(openid)
    const task = `task-${openid}`
    await fns.callback({ ...status, stream_id: stream, task_id: task, [spelling]: 'record_start_failed' })
    expect(fns.docs('callback_events')).toContainEqual(expect.objectContaining({ _id: `332:${task}` }))
  }
})

it('asks the streaming cloud to come again while the database does not answer', async () => {
  const broken = await startFunctions({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: 'http://127.0.0.1:9/admin' }) })
  try {
    expect((await broken.callback(file)).status).toBe(500)
    expect((await broken.callback({ ...status, record_event: 'record_error' })).status).toBe(500)
  } finally {
    await broken.close()
  }
})
