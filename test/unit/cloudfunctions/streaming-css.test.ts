import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCssStreaming } from '../../../cloudfunctions/adapters/streaming-css'
import type { Streaming } from '../../../cloudfunctions/core/ports'

let answers: string[]
let seen: { action: string | string[] | undefined; signed: boolean; body: Record<string, unknown> }[]
let server: Server
let streaming: Streaming

beforeEach(async () => {
  answers = []
  seen = []
  server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    seen.push({
      action: req.headers['x-tc-action'],
      signed: /^TC3-HMAC-SHA256 Credential=id\//.test(req.headers.authorization ?? ''),
      body: JSON.parse(Buffer.concat(chunks).toString()),
    })
    res.setHeader('content-type', 'application/json')
    res.end(answers.shift() ?? JSON.stringify({ Response: { RequestId: '1' } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  streaming = createCssStreaming({
    secretId: 'id',
    secretKey: 'key',
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    protocol: 'http://',
    pushDomain: 'push.test',
    app: 'live',
  })
})
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
)

const page = (names: string[]) =>
  JSON.stringify({ Response: { RequestId: '1', OnlineInfo: names.map((StreamName) => ({ StreamName })) } })

it('asks for what is on in one signed call', async () => {
  answers = [page(['a', 'b'])]
  expect(await streaming.online()).toEqual(new Set(['a', 'b']))
  expect(seen).toEqual([
    {
      action: 'DescribeLiveStreamOnlineList',
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
    JSON.stringify({ Response: { RequestId: '1', Error: { Code: 'InternalError', Message: 'x' } } }),
    '{}',
    '<html>',
    '',
  ]) {
    answers = [unclear]
    await expect(streaming.online()).rejects.toThrow()
  }
})

it('forbids one stream of our domain', async () => {
  await streaming.forbid('name')
  expect(seen).toMatchObject([
    { action: 'ForbidLiveStream', body: { DomainName: 'push.test', AppName: 'live', StreamName: 'name' } },
  ])
})

it('says so when forbidding failed', async () => {
  answers = [JSON.stringify({ Response: { RequestId: '1', Error: { Code: 'FailedOperation', Message: 'no' } } })]
  await expect(streaming.forbid('name')).rejects.toThrow('no')
})
