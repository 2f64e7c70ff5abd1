import { createHmac } from 'node:crypto'
import { Api } from 'tls-sig-api-v2/TLSSigAPIv2.js'
import TRTC from 'trtc-wx-sdk'
import { readConfig } from '../../../cloudfunctions/adapters/config'
import { isTrtc, parseStream, seatStream, trtcUserOf } from '../../../cloudfunctions/core/ids'
import { trtcCallbackIsValid } from '../../../cloudfunctions/core/trtc/callback-sign'
import { type MediaConfig, trtcGrant } from '../../../cloudfunctions/core/trtc/grant'
import { TRTC_USER } from '../../../miniprogram/protocol/link'

const ROOM = 'r0123456789abcdef01234567'
const NOW_S = 1_700_000_000
const TTL_S = 86_400
const config: MediaConfig = { kind: 'trtc', sdkAppId: 1_400_000_001, secretKey: 'a-secret', ttlS: TTL_S }
const stream = seatStream(ROOM, 2, 7, (size) => Buffer.alloc(size, 0xab), 'trtc')
const granted = () => {
  const grant = trtcGrant(config, stream, NOW_S * 1000)
  if (!grant) throw new Error('no grant')
  return grant
}

describe('who somebody is in a TRTC room', () => {
  it('is said by the stream of his seat, and says the seat and the epoch', () => {
    expect(parseStream(stream)).toEqual({ roomId: ROOM, of: 'seat', seat: 2, plane: 'trtc' })
    expect(trtcUserOf(stream)).toBe('t2e7_abababababababab')
    expect(TRTC_USER.exec(trtcUserOf(stream))?.slice(1)).toEqual(['2', '7'])
  })

  it('is short enough for TRTC whatever the epoch, and another one with every stream', () => {
    const last = seatStream(ROOM, 9, 999_999_999, (size) => Buffer.alloc(size, 1), 'trtc')
    expect(trtcUserOf(last).length).toBeLessThanOrEqual(32)
    expect(trtcUserOf(last)).toMatch(TRTC_USER)
    expect(trtcUserOf(last)).not.toBe(trtcUserOf(last.replace(/01$/, '02').replace('_01', '_02')))
    expect([isTrtc(stream), isTrtc(stream.replace('_t', '_s')), isTrtc('obs')]).toEqual([true, false, false])
  })
})

describe('the way into a TRTC room', () => {
  it("is character by character what Tencent's own SDK hands to the pusher", () => {
    const { push, media } = granted()
    const theirs = new TRTC({}, { env: 'test' })
    Object.assign(globalThis, { wx: { createLivePusherContext: () => ({}) }, getApp: () => ({}) })
    theirs.createPusher({})
    const { url, mode } = theirs.enterRoom({
      sdkAppID: media.sdkAppId,
      strRoomID: media.strRoomId,
      userID: media.userId,
      userSig: media.userSig,
      privateMapKey: media.privateMapKey,
      scene: 'rtc',
    })
    expect(push.url).toBe(url)
    expect(mode).toBe('RTC')
    expect(push.expiresInMs).toBe(TTL_S * 1000)
  })

  it("is signed as Tencent's own library signs: for this person, in this room", () => {
    jest.useFakeTimers({ now: NOW_S * 1000 })
    try {
      const { media } = granted()
      const theirs = new Api(media.sdkAppId, 'a-secret')
      expect(media.userSig).toBe(theirs.genUserSig(media.userId, TTL_S))
      expect(media.privateMapKey).toBe(theirs.genPrivateMapKeyWithStringRoomID(media.userId, TTL_S, ROOM, 255))
    } finally {
      jest.useRealTimers()
    }
  })

  it('is none for seats that are pushed by RTMP, and never silently another one', () => {
    expect(trtcGrant(config, stream.replace('_t', '_s'), 0)).toBeNull()
    expect(() => trtcGrant({ kind: 'rtmp' }, stream, 0)).toThrow('TRTC')
  })
})

it('believes a callback by its signature over the body as it came', () => {
  const body = '{ "EventGroupId": 1,\t"EventType": 103 }'
  const sign = createHmac('sha256', 'the-key').update(body).digest('base64')
  expect(trtcCallbackIsValid('the-key', body, sign)).toBe(true)
  expect(trtcCallbackIsValid('the-key', JSON.stringify(JSON.parse(body)), sign)).toBe(false)
  expect(trtcCallbackIsValid('another', body, sign)).toBe(false)
  for (const wrong of ['', 'x', sign.slice(1), sign.toLowerCase()])
    expect(trtcCallbackIsValid('the-key', body, wrong)).toBe(false)
  const unsigned = createHmac('sha256', '').update(body).digest('base64')
  expect(trtcCallbackIsValid('', body, unsigned)).toBe(false)
})

describe('the configuration', () => {
  const environment = {
    ...{ TCB_ENV: 'prod-1', LIVE_PUSH_BASE: 'rtmp://push.test/live', LIVE_PLAY_BASE: 'https://play.test/live' },
    ...{ LIVE_PUSH_DOMAIN: 'push.test', LIVE_PUSH_KEY: 'k1k1k1k1', LIVE_CALLBACK_KEY: 'k2k2k2k2' },
    ...{ TENCENT_SECRET_ID: 'AKID1', TENCENT_SECRET_KEY: 'k3k3k3k3', IM_SDK_APP_ID: '1400000000' },
    ...{ IM_SECRET_KEY: 'k4k4k4k4', USER_ID_SECRET: '0123456789abcdef', WEB_TOKEN_SECRET: 'fedcba9876543210' },
  }

  it('is RTMP unless it says otherwise, and then asks for what TRTC needs', () => {
    expect(readConfig(environment)).toMatchObject({ service: { media: { kind: 'rtmp' } }, trtcCallbackKey: '' })
    expect(readConfig(environment).streaming).not.toHaveProperty('trtc')
    const trtc = { ...environment, MEDIA_PLANE: 'trtc' }
    expect(() => readConfig(trtc)).toThrow('TRTC_SDK_APP_ID is not set')
    const half = { ...trtc, TRTC_SDK_APP_ID: '1400000001', TRTC_SECRET_KEY: '' }
    expect(() => readConfig(half)).toThrow('TRTC_SECRET_KEY must be set where MEDIA_PLANE is trtc')
    const whole = { ...half, TRTC_SECRET_KEY: 'a-secret', PUSH_TTL_S: '600' }
    expect(readConfig(whole)).toMatchObject({
      service: { media: { kind: 'trtc', sdkAppId: 1_400_000_001, secretKey: 'a-secret', ttlS: 600 } },
      streaming: { trtc: { sdkAppId: 1_400_000_001, region: 'ap-guangzhou' } },
    })
  })
})
