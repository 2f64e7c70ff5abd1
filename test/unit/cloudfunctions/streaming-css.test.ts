import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { withTrtc } from '../../../cloudfunctions/adapters/css/trtc'
import { type CssConfig, CssError, createCssStreaming } from '../../../cloudfunctions/adapters/streaming-css'
import type { MixLayout, Streaming } from '../../../cloudfunctions/core/ports'

const ANCHOR = `r${'0'.repeat(24)}_1_${'a'.repeat(32)}`
const MIX = `r${'0'.repeat(24)}_m_${'b'.repeat(32)}`
const NOW = 1_700_000_000_000
const NOW_S = NOW / 1000
const DAY_S = 86_400

interface Seen {
  action: string | string[] | undefined
  version: string | string[] | undefined
  signed: boolean
  body: Record<string, unknown>
}

let answers: string[]
let seen: Seen[]
let server: Server
let config: CssConfig
let streaming: Streaming

beforeEach(async () => {
  answers = []
  seen = []
  server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    seen.push({
      action: req.headers['x-tc-action'],
      version: req.headers['x-tc-version'],
      signed: /^TC3-HMAC-SHA256 Credential=id\//.test(req.headers.authorization ?? ''),
      body: JSON.parse(Buffer.concat(chunks).toString()),
    })
    res.setHeader('content-type', 'application/json')
    res.end(answers.shift() ?? JSON.stringify({ Response: { RequestId: '1' } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  config = {
    secretId: 'id',
    secretKey: 'the-key',
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    protocol: 'http://',
    pushDomain: 'push.test',
    app: 'live',
  }
  streaming = createCssStreaming(config, { now: () => NOW })
})
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
)

const answer = (fields: object) => JSON.stringify({ Response: { RequestId: '1', ...fields } })
const refusal = (Code: string, Message = 'no') => answer({ Error: { Code, Message } })
const failure = async (call: Promise<unknown>): Promise<CssError> => {
  const error = await call.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(error instanceof CssError)) throw new Error(`no CssError but ${String(error)}`)
  return error
}
const page = (names: string[]) =>
  JSON.stringify({ Response: { RequestId: '1', OnlineInfo: names.map((StreamName) => ({ StreamName })) } })

it('asks for what is on in one signed call', async () => {
  answers = [page(['a', 'b'])]
  expect(await streaming.online()).toEqual(new Set(['a', 'b']))
  expect(seen).toEqual([
    {
      action: 'DescribeLiveStreamOnlineList',
      version: '2018-08-01',
      signed: true,
      body: { DomainName: 'push.test', AppName: 'live', PageNum: 1, PageSize: 20_000 },
    },
  ])
})

it('reads on while pages are full', async () => {
  answers = [page(Array.from({ length: 20_000 }, (_, i) => `s${i}`)), page(['last'])]
  expect((await streaming.online()).size).toBe(20_001)
  expect(seen.map(({ body }) => body.PageNum)).toEqual([1, 2])
})

it('M48, M49: takes no unclear answer for an empty list', async () => {
  for (const unclear of [
    JSON.stringify({ Response: { RequestId: '1' } }),
    JSON.stringify({ Response: { RequestId: '1', OnlineInfo: null } }),
    JSON.stringify({ Response: { RequestId: '1', OnlineInfo: {} } }),
    JSON.stringify({ Response: 'x' }),
    JSON.stringify({ Response: null }),
    JSON.stringify({ Response: { RequestId: '1', Error: { Code: 'InternalError', Message: 'x' } } }),
    '{}',
    '<html>',
    '',
  ]) {
    answers = [unclear]
    await expect(streaming.online()).rejects.toBeInstanceOf(CssError)
  }
})

it('forbids one stream of our domain', async () => {
  await streaming.forbid('name')
  expect(seen).toMatchObject([
    { action: 'ForbidLiveStream', body: { DomainName: 'push.test', AppName: 'live', StreamName: 'name' } },
  ])
})

it('says so when forbidding failed', async () => {
  answers = [refusal('FailedOperation')]
  expect(await failure(streaming.forbid('name'))).toMatchObject({ code: 'FailedOperation', action: 'ForbidLiveStream' })
})

it('allows a forbidden stream again, and cuts one', async () => {
  await streaming.allow('name')
  await streaming.cut('name')
  const body = { DomainName: 'push.test', AppName: 'live', StreamName: 'name' }
  expect(seen).toMatchObject([
    { action: 'ResumeLiveStream', body },
    { action: 'DropLiveStream', body },
  ])
})

describe('recording', () => {
  const task = (TaskId: string, more: object = {}) => ({
    TaskId,
    StreamName: ANCHOR,
    StartTime: NOW_S - 10,
    EndTime: NOW_S + 10,
    Stopped: 0,
    ...more,
  })

  it('starts a task for a stream, with its end in seconds, our tag and the template of the operator', async () => {
    answers = [answer({ TaskId: 't1' }), answer({ TaskId: 't2' })]
    expect(await streaming.startRecording(ANCHOR, NOW + 1500, 'r1')).toBe('t1')
    await createCssStreaming({ ...config, recordTemplateId: 7 }).startRecording(MIX, NOW, 'r1')
    const place = { DomainName: 'push.test', AppName: 'live', Extension: 'r1' }
    expect(seen.map(({ action, body }) => [action, body])).toEqual([
      ['CreateRecordTask', { ...place, StreamName: ANCHOR, EndTime: NOW_S + 1, StreamType: 0 }],
      ['CreateRecordTask', { ...place, StreamName: MIX, EndTime: NOW_S, StreamType: 1, TemplateId: 7 }],
    ])
  })

  it('M49: takes an answer without a task for no answer', async () => {
    for (const fields of [{}, { TaskId: '' }, { TaskId: 7 }, { TaskId: null }]) {
      answers = [answer(fields)]
      expect((await failure(streaming.startRecording(ANCHOR, NOW, ''))).code).toBeNull()
    }
  })

  it('names the tasks of a stream that run, over all pages', async () => {
    const ended = task('ended', { EndTime: NOW_S })
    const foreign = task('foreign', { StreamName: 'other' })
    answers = [
      answer({ TaskList: [task('t1'), task('stopped', { Stopped: NOW_S - 1 }), ended], ScrollToken: 'next' }),
      answer({ TaskList: [task('t2'), foreign] }),
    ]
    expect(await streaming.recordingsOf(ANCHOR)).toEqual(['t1', 't2'])
    const window = { StreamName: ANCHOR, StartTime: NOW_S - 2 * DAY_S, EndTime: NOW_S + 2 * DAY_S }
    expect(seen).toMatchObject([{ body: window }, { body: { ...window, ScrollToken: 'next' } }])
  })

  it('M48, M49: an empty list is empty, a broken one is no answer, an endless one has an end', async () => {
    for (const empty of [{}, { TaskList: null }, { TaskList: [] }]) {
      answers = [answer(empty)]
      expect(await streaming.recordingsOf(ANCHOR)).toEqual([])
    }
    for (const broken of [{ TaskList: {} }, { TaskList: [null] }, { TaskList: [{ TaskId: 't' }] }]) {
      answers = [answer(broken)]
      await failure(streaming.recordingsOf(ANCHOR))
    }
    answers = Array.from({ length: 50 }, () => answer({ TaskList: [], ScrollToken: 'again' }))
    await failure(streaming.recordingsOf(ANCHOR))
    expect(answers.length).toBeGreaterThan(20)
  })

  it('stops a task, and is content with one that is unknown or over', async () => {
    await streaming.stopRecording('t1')
    expect(seen).toMatchObject([{ action: 'StopRecordTask', body: { TaskId: 't1' } }])
    for (const code of ['InvalidParameter', 'ResourceNotFound.TaskId', 'UnsupportedOperation']) {
      answers = [refusal(code)]
      await streaming.stopRecording('t1')
    }
    answers = [refusal('InternalError.SystemError')]
    expect((await failure(streaming.stopRecording('t1'))).message).toContain('tried again later')
  })

  it('deletes a file at VOD, and is content when it is gone', async () => {
    await createCssStreaming({ ...config, vodSubAppId: 99 }).deleteRecording('f1')
    expect(seen).toMatchObject([{ action: 'DeleteMedia', version: '2018-07-17', body: { FileId: 'f1', SubAppId: 99 } }])
    answers = [refusal('ResourceNotFound')]
    await streaming.deleteRecording('f1')
    expect(seen[1]?.body).toEqual({ FileId: 'f1' })
    answers = [refusal('FailedOperation.InvalidVodUser')]
    await failure(streaming.deleteRecording('f1'))
  })
})

describe('mixing', () => {
  const layout: MixLayout = {
    width: 540,
    height: 960,
    tiles: [
      { stream: 'a', x: 0, y: 0, width: 540, height: 960 },
      { stream: 'b', x: 380, y: 630, width: 160, height: 240 },
    ],
  }

  it('M58: sends canvas and tiles as layers, to a new stream, with no id of an application', async () => {
    await streaming.mix('mix_r1', layout, 'out')
    expect(seen.map(({ action, body }) => [action, body])).toEqual([
      [
        'CreateCommonMixStream',
        {
          MixStreamSessionId: 'mix_r1',
          InputStreamList: [
            {
              InputStreamName: 'canvas',
              LayoutParams: { ImageLayer: 1, InputType: 3, ImageWidth: 540, ImageHeight: 960, Color: '0x000000' },
            },
            {
              InputStreamName: 'a',
              LayoutParams: { ImageLayer: 2, ImageWidth: 540, ImageHeight: 960, LocationX: 0, LocationY: 0 },
            },
            {
              InputStreamName: 'b',
              LayoutParams: { ImageLayer: 3, ImageWidth: 160, ImageHeight: 240, LocationX: 380, LocationY: 630 },
            },
          ],
          OutputParams: { OutputStreamName: 'out', OutputStreamType: 1 },
          ControlParams: { UseMixCropCenter: 1 },
        },
      ],
    ])
  })

  it('sends nothing that Tencent could not take', async () => {
    const tile = layout.tiles[0] as MixLayout['tiles'][0]
    const wrong: [string, MixLayout, string][] = [
      ['a-b', layout, 'out'],
      ['x'.repeat(81), layout, 'out'],
      ['mix', layout, ''],
      ['mix', { ...layout, tiles: [{ ...tile, stream: 'a"b' }] }, 'out'],
      ['mix', { ...layout, width: 2001 }, 'out'],
      ['mix', { ...layout, tiles: Array.from({ length: 16 }, () => tile) }, 'out'],
    ]
    for (const [session, picture, output] of wrong) {
      await expect(streaming.mix(session, picture, output)).rejects.toBeInstanceOf(RangeError)
    }
    expect(seen).toEqual([])
  })

  it('ends a mix, and is content with one that is unknown', async () => {
    await streaming.endMix('mix_r1')
    expect(seen).toMatchObject([{ action: 'CancelCommonMixStream', body: { MixStreamSessionId: 'mix_r1' } }])
    for (const code of ['FailedOperation.CancelSessionNotExist', 'InvalidParameter.CancelSessionNotExist']) {
      answers = [refusal(code)]
      await streaming.endMix('mix_r1')
    }
    answers = [refusal('FailedOperation')]
    await failure(streaming.endMix('mix_r1'))
  })
})

describe('what goes wrong', () => {
  it('is told with the code of Tencent and what to do about it', async () => {
    const advised: [string, string][] = [
      ['AuthFailure.SignatureFailure', 'TENCENT_SECRET_KEY'],
      ['AuthFailure.SignatureExpire', 'clock'],
      ['ResourceUnavailable.InvalidVodStatus', 'VOD'],
      ['ResourceNotFound.DomainNotExist', 'LIVE_PUSH_DOMAIN'],
      ['RequestLimitExceeded', 'too many calls'],
    ]
    for (const [code, advice] of advised) {
      answers = [refusal(code)]
      const error = await failure(streaming.startRecording(ANCHOR, NOW, ''))
      expect(error).toMatchObject({ code, action: 'CreateRecordTask' })
      expect(error.message).toContain(advice)
    }
  })

  it('is told without a secret, however Tencent words it', async () => {
    answers = [refusal('AuthFailure', `credential id/the-key is wrong ${'x'.repeat(1000)}`)]
    const { message, stack } = await failure(streaming.forbid('name'))
    expect(message).toContain('credential [secret]/[secret] is wrong')
    expect(message.length).toBeLessThan(400)
    expect(stack).not.toContain('the-key')
  })

  it('is told in time, and without a code, when nobody answers', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    try {
      const endpoint = `127.0.0.1:${(silent.address() as AddressInfo).port}`
      const error = await failure(createCssStreaming({ ...config, endpoint }, { timeoutS: 0.1 }).forbid('name'))
      expect(error.code).toBeNull()
      expect(error.message).toContain('LIVE_API_ENDPOINT')
    } finally {
      silent.closeAllConnections()
      silent.close()
    }
  })

  it('M13: is told before anything goes to another machine in plain text', async () => {
    const open = createCssStreaming({ ...config, endpoint: 'live.tencentcloudapi.com' })
    expect((await failure(open.endMix('mix_r1'))).message).toContain('plain HTTP')
    const away = createCssStreaming({ ...config, endpoint: '127.0.0.1.example.com:80' })
    expect((await failure(away.endMix('mix_r1'))).message).toContain('plain HTTP')
  })

  it('is told as well when nobody listens', async () => {
    const nowhere = createCssStreaming({ ...config, endpoint: '127.0.0.1:9' })
    expect((await failure(nowhere.stopRecording('t'))).code).toBeNull()
  })
})

describe('a seat in a TRTC room', () => {
  const ROOM = `r${'0'.repeat(24)}`
  const SEAT = `${ROOM}_t2e7_${'ab'.repeat(16)}`
  const body = { SdkAppId: 1400000001, RoomId: ROOM, UserIds: ['t2e7_abababababababab'] }
  beforeEach(() => {
    streaming = withTrtc(createCssStreaming({ ...config, trtc: { sdkAppId: 1400000001, region: 'ap-guangzhou' } }))
  })

  it('is forbidden by sending its holder out, and every other stream as before', async () => {
    await streaming.forbid(SEAT)
    await streaming.forbid(ANCHOR)
    expect(seen).toMatchObject([
      { action: 'RemoveUserByStrRoomId', version: '2019-07-22', signed: true, body },
      { action: 'ForbidLiveStream', body: { StreamName: ANCHOR } },
    ])
  })

  it('is left when nobody is there any more, and tried again when TRTC does not answer', async () => {
    answers = [
      refusal('FailedOperation.UserNotExist'),
      refusal('FailedOperation.RoomNotExist'),
      refusal('InternalError'),
    ]
    await streaming.forbid(SEAT)
    await streaming.forbid(SEAT)
    expect(await failure(streaming.forbid(SEAT))).toMatchObject({ code: 'InternalError' })
  })
})
