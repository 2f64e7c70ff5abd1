import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chatAdvice, checkChatApi } from '../../../scripts/doctor/online/chat'
import { checkDns, type Resolver } from '../../../scripts/doctor/online/dns'
import { checkDoors } from '../../../scripts/doctor/online/doors'
import { checkStreamingApi, streamingAdvice } from '../../../scripts/doctor/online/streaming'

/** Longer than any machine takes to answer itself. */
const PATIENT_MS = 10_000

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()))
  server = undefined
})

/** Somebody who gives every caller this answer; a null answer is none at all. */
async function stranger(status: number, body: object | null = {}): Promise<string> {
  server = createServer((request, response) => {
    request.resume()
    if (body) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const streaming = (host: string, limitMs = PATIENT_MS) =>
  checkStreamingApi(
    {
      secretId: 'AKIDid',
      secretKey: 'hush-hush',
      endpoint: host,
      protocol: 'http://',
      pushDomain: 'p.cn',
      app: 'live',
    },
    limitMs,
  )
const refusal = (code: string) => ({ Response: { RequestId: '1', Error: { Code: code, Message: 'no' } } })

describe('the streaming API', () => {
  it('is well when it lists the streams', async () => {
    const host = await stranger(200, { Response: { RequestId: '1', OnlineInfo: [{ StreamName: 'a' }] } })
    expect(await streaming(host)).toEqual([expect.objectContaining({ level: 'ok' })])
  })

  it.each([
    ['AuthFailure.SecretIdNotFound', 'TENCENT_SECRET_ID'],
    ['AuthFailure.SignatureFailure', 'TENCENT_SECRET_KEY'],
    ['AuthFailure.SignatureExpire', 'clock'],
    ['AuthFailure.UnauthorizedOperation', 'Policies'],
    ['UnauthorizedOperation.CamNoAuth', 'Policies'],
    ['ResourceNotFound.DomainNotExist', 'LIVE_PUSH_DOMAIN'],
    ['InvalidParameter.AppNameNotMatch', 'LIVE_PUSH_DOMAIN'],
    ['FailedOperation.Whatever', 'look it up'],
  ])('%s leads to advice', async (code, expected) => {
    const host = await stranger(200, refusal(code))
    const [finding] = await streaming(host)
    expect(finding).toMatchObject({ level: 'error', what: { en: `the streaming API failed: ${code}` } })
    expect(finding?.fix?.en).toContain(expected)
  })

  it('says so when nobody is there, or nobody answers', async () => {
    const [gone] = await streaming('127.0.0.1:9')
    expect(gone).toMatchObject({ level: 'error', fix: { en: expect.stringContaining('LIVE_API_ENDPOINT') } })
    const [silent] = await streaming(await stranger(200, null), 100)
    expect(silent?.what.en).toBe('the streaming API failed: no answer within 100 ms')
  })

  it('has no advice for what is no code', () => {
    expect(streamingAdvice('ECONNREFUSED')).toBeNull()
  })
})

describe('the chat', () => {
  const chat = async (answer: object) =>
    checkChatApi(
      {
        base: `http://${await stranger(200, answer)}`,
        sdkAppId: 1400000001,
        secretKey: 'hush-hush',
        admin: 'administrator',
      },
      PATIENT_MS,
    )

  it('is well when all it misses is the group', async () => {
    expect(await chat({ ErrorCode: 10010, ErrorInfo: 'no such group' })).toEqual([
      expect.objectContaining({ level: 'ok' }),
    ])
  })

  it.each([
    [70009, 'IM_SECRET_KEY is not the key'],
    [70020, 'no such SDKAppID'],
    [60010, 'IM_ADMIN is not an administrator'],
    [60020, 'plan is over'],
    [70001, 'clock'],
    [60021, 'list of those that may call'],
  ])('ErrorCode %i leads to advice', async (code, expected) => {
    const [finding] = await chat({ ErrorCode: code, ErrorInfo: 'no' })
    expect(finding).toMatchObject({ level: 'error', what: { en: `the chat refused the call: ErrorCode ${code}` } })
    expect(finding?.why?.en).toContain(expected)
  })

  it('passes on what it does not know', async () => {
    const [finding] = await chat({ ErrorCode: 12345, ErrorInfo: 'something new' })
    expect([chatAdvice(12345), finding?.why?.en]).toEqual([null, expect.stringContaining('something new')])
  })
})

describe('DNS', () => {
  const resolver = (cname: string[], address: string | null): Resolver => ({
    resolveCname: async () => cname,
    lookup: async () => {
      if (address === null) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' })
      return { address }
    },
  })
  const asked = (cname: string[], address: string | null) =>
    checkDns(['push.yours.cn'], resolver(cname, address), PATIENT_MS)

  it.each([
    ['ok', ['push.yours.cn.tlivepush.com'], '1.2.3.4'],
    ['warning', [], '1.2.3.4'],
    ['warning', ['push.yours.cn.other-cdn.com'], '1.2.3.4'],
    ['error', [], null],
  ])('%s for %j and %s', async (level, cname, address) => {
    expect(await asked(cname as string[], address as string | null)).toEqual([expect.objectContaining({ level })])
  })

  it('asks nothing about this machine', async () => {
    expect(await checkDns(['127.0.0.1', 'localhost'], resolver([], null), PATIENT_MS)).toEqual([])
  })
})

describe('the doors', () => {
  it.each([
    [404, 'add a path'],
    [401, 'authentication of this path off'],
    [500, 'one line names the variables'],
    [200, 'check the address'],
  ])('a live-callback that answers %i', async (status, expected) => {
    const findings = await checkDoors(`http://${await stranger(status)}/`, PATIENT_MS)
    const finding = findings.find(({ id }) => id === 'online.door:live-callback')
    expect(finding).toMatchObject({ level: 'error', fix: { en: expect.stringContaining(expected) } })
  })

  it('may stay closed where nobody uses them; live-callback may not', async () => {
    const findings = await checkDoors(`http://${await stranger(404)}`, PATIENT_MS)
    expect(findings.filter(({ level }) => level === 'error').map(({ id }) => id)).toEqual(['online.door:live-callback'])
  })

  it('are to be looked at by hand where nobody says where they are', async () => {
    expect(await checkDoors(null, PATIENT_MS)).toEqual([expect.objectContaining({ level: 'todo' })])
  })
})
