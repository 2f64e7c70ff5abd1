import { randomBytes } from 'node:crypto'
import { callbackIsValid } from '../../../cloudfunctions/core/callback-sign'
import { parseStream, publicUserId, roomIdFor, streamName } from '../../../cloudfunctions/core/ids'
import {
  encoderPush,
  lowLatencyUrl,
  plainName,
  playUrls,
  pushGrant,
  rtmpPlayUrl,
  streamOfPushUrl,
  wireName,
} from '../../../cloudfunctions/core/live-urls'
import { signedQuery } from '../../../cloudfunctions/core/stream-sign'
import { readWebToken, signWebToken } from '../../../cloudfunctions/core/web-token'
import fc from '../../support/property'
import { config } from '../../support/room-config'

describe('stream URLs', () => {
  it("match the vendor's published example", () => {
    expect(signedQuery('txrtmp', '11212122', 0x579acb15)).toBe(
      'txSecret=2133c689c452f0bf81b1a88261f1d9a6&txTime=579ACB15',
    )
  })

  it('match a vector with a long key', () => {
    expect(signedQuery('0123456789abcdef0123456789abcdef', '8888_user_0a1b2c3d_4e5f_9a0b', 1_500_000_000)).toBe(
      'txSecret=f54d9aad626cc6dcef114dc7e0b29c69&txTime=59682F00',
    )
  })

  it('write 2017-01-01 00:00 in China as the documentation does', () => {
    const seconds = Date.parse('2017-01-01T00:00:00+08:00') / 1000
    expect(signedQuery('k', 's', seconds)).toMatch(/&txTime=5867D600$/)
  })

  it('M15, M60: expire at a sum of numbers, hours from now', () => {
    const now = 1_700_000_000_999
    const { url, expiresInMs } = pushGrant({ ...config.live, pushTtlS: 7200 }, 'stream', now)
    expect(Number.parseInt(new URL(url).searchParams.get('txTime') ?? '', 16)).toBe(1_700_000_000 + 7200)
    expect(expiresInMs).toBe(7_200_000)
  })

  it('M56: are played under the name that is pushed, signed with the play key or not at all', () => {
    const now = 1_700_000_000_000
    const signed = playUrls(config.live, 'name', now)
    expect(signed.flv).toBe(`http://play.test/live/name.flv?${signedQuery('play-key', 'name', 1_700_086_400)}`)
    expect(playUrls({ ...config.live, playKey: '' }, 'name', now)).toEqual({
      flv: 'http://play.test/live/name.flv',
      hls: 'http://play.test/live/name.m3u8',
      webrtc: null,
    })
  })
})

describe('every form of a stream URL', () => {
  const now = 1_499_999_000_000
  const stream = 'user_0a1b2c3d_4e5f_9a0b'
  const key = '0123456789abcdef0123456789abcdef'
  const own = { ...config.live, pushKey: key, webrtcBase: 'webrtc://play.test/live' }
  const old = {
    ...own,
    bizid: '8888',
    pushBase: 'rtmp://8888.livepush.myqcloud.com/live',
    playBase: 'https://8888.liveplay.myqcloud.com/live',
    rtmpPlayBase: 'rtmp://8888.liveplay.myqcloud.com/live',
    playKey: '',
  }
  const proof = 'txSecret=f54d9aad626cc6dcef114dc7e0b29c69&txTime=59682F00'

  it('of an account with live codes carries the BIZID in name and query, as the published vector does', () => {
    expect(pushGrant({ ...old, pushTtlS: 1000 }, stream, now).url).toBe(
      `rtmp://8888.livepush.myqcloud.com/live/8888_${stream}?bizid=8888&${proof}`,
    )
    expect(lowLatencyUrl({ ...old, lowLatencyTtlS: 1000 }, stream, now)).toEqual({
      url: `rtmp://8888.liveplay.myqcloud.com/live/8888_${stream}?bizid=8888&${proof}`,
      expiresInMs: 1_000_000,
    })
    expect(playUrls(old, stream, now)).toMatchObject({
      flv: `https://8888.liveplay.myqcloud.com/live/8888_${stream}.flv`,
      hls: `https://8888.liveplay.myqcloud.com/live/8888_${stream}.m3u8`,
    })
    expect(rtmpPlayUrl(old, stream, now)).toBe(`rtmp://8888.liveplay.myqcloud.com/live/8888_${stream}`)
  })

  it('M60: without delay is signed with the push key, on the play domain, and short-lived', () => {
    const { url, expiresInMs } = lowLatencyUrl(own, stream, now)
    expect(url).toBe(`rtmp://play.test/live/${stream}?${signedQuery(key, stream, 1_499_999_600)}`)
    expect(expiresInMs).toBe(600_000)
  })

  it('for watching is signed with the play key over RTMP and WebRTC too', () => {
    const query = signedQuery('play-key', stream, 1_499_999_000 + 86_400)
    expect(rtmpPlayUrl(own, stream, now)).toBe(`rtmp://play.test/live/${stream}?${query}`)
    expect(playUrls(own, stream, now).webrtc).toBe(`webrtc://play.test/live/${stream}?${query}`)
  })

  it('of a transcoding is signed over the name with its template', () => {
    const query = signedQuery('play-key', `${stream}_hd`, 1_499_999_000 + 86_400)
    expect(playUrls(own, stream, now, 'hd').flv).toBe(`http://play.test/live/${stream}_hd.flv?${query}`)
  })

  it('for an encoder lasts long, and comes as RTMP (whole, or in halves), SRT and WebRTC', () => {
    const push = encoderPush(own, stream, now)
    const [txSecret, txTime] = signedQuery(key, stream, 1_499_999_000 + 604_800).split('&')
    expect(push).toEqual({
      rtmp: `rtmp://push.test/live/${stream}?${txSecret}&${txTime}`,
      server: 'rtmp://push.test/live',
      streamKey: `${stream}?${txSecret}&${txTime}`,
      srt: `srt://push.test:9000?streamid=#!::h=push.test,r=live/${stream},${txSecret},${txTime}`,
      webrtc: `webrtc://push.test/live/${stream}?${txSecret}&${txTime}`,
      expiresInMs: 604_800_000,
    })
  })

  it('M7, M32: is told from others: who signed it, for which stream, and until when', () => {
    for (const live of [own, old]) {
      const { url } = pushGrant(live, stream, now)
      expect(streamOfPushUrl(live, url, now)).toBe(stream)
      expect(streamOfPushUrl(live, url, now + 86_401_000)).toBeNull()
      expect(streamOfPushUrl(live, url.replace(stream, `${stream}x`), now)).toBeNull()
      expect(streamOfPushUrl({ ...live, pushKey: 'another-key' }, url, now)).toBeNull()
      for (const garbage of ['', 'x', 'rtmp://push.test/live/', url.split('?')[0] ?? '', url.replace('txTime', 't')]) {
        expect(streamOfPushUrl(live, garbage, now)).toBeNull()
      }
    }
    expect(streamOfPushUrl(old, pushGrant(own, stream, now).url, now)).toBeNull()
  })

  it('is signed with the main key only, and taken with the backup key too while keys are rotated', () => {
    const before = pushGrant({ ...own, pushKey: 'backup-key' }, stream, now).url
    expect(streamOfPushUrl(own, before, now)).toBe(stream)
    expect(streamOfPushUrl({ ...own, pushBackupKey: '' }, before, now)).toBeNull()
    expect(pushGrant(own, stream, now).url).toBe(pushGrant({ ...own, pushBackupKey: '' }, stream, now).url)
  })

  it('names a stream once, and back', () => {
    expect(wireName(old, wireName(old, stream))).toBe(`8888_${stream}`)
    expect(plainName(old, `8888_${stream}`)).toBe(stream)
    expect(plainName(own, `8888_${stream}`)).toBe(`8888_${stream}`)
  })
})

describe('callback signature', () => {
  const now = 1_500_000_000_000
  const sign = 'e72d1399b5d77e654dde6370a06cdfb3'

  it('accepts the computed vector until it expires', () => {
    const body = { sign, t: 1_500_000_600 }
    expect(callbackIsValid('callback-key', body, now)).toBe(true)
    expect(callbackIsValid('callback-key', body, 1_500_000_600_000)).toBe(true)
    expect(callbackIsValid('callback-key', body, 1_500_000_600_001)).toBe(false)
  })

  it('refuses another key, another time, a cut or an empty signature', () => {
    expect(callbackIsValid('other-key', { sign, t: 1_500_000_600 }, now)).toBe(false)
    expect(callbackIsValid('callback-key', { sign, t: 1_500_000_601 }, now)).toBe(false)
    expect(callbackIsValid('callback-key', { sign: sign.slice(1), t: 1_500_000_600 }, now)).toBe(false)
    expect(callbackIsValid('callback-key', { sign: '', t: 1_500_000_600 }, now)).toBe(false)
  })
})

describe('web token', () => {
  const secret = 'web-token-secret'
  const now = 1_700_000_000_000
  const token = signWebToken(secret, 'openid-1', 1_700_000_060)

  it('M17: names its person until it expires', () => {
    expect(readWebToken(secret, token, now)).toBe('openid-1')
    expect(readWebToken(secret, token, 1_700_000_059_999)).toBe('openid-1')
    expect(readWebToken(secret, token, 1_700_000_060_000)).toBeNull()
  })

  it('is refused with another secret, another payload or a changed signature', () => {
    expect(readWebToken('another-secret', token, now)).toBeNull()
    const [v, , sign] = token.split('.')
    const forged = Buffer.from(JSON.stringify({ sub: 'admin', exp: 9e9 })).toString('base64url')
    expect(readWebToken(secret, `${v}.${forged}.${sign}`, now)).toBeNull()
    const last = token.endsWith('A') ? 'B' : 'A'
    expect(readWebToken(secret, `${token.slice(0, -2)}${last}${token.at(-1)}`, now)).toBeNull()
    expect(readWebToken(secret, `${token}.more`, now)).toBeNull()
  })

  it('M16: property: no garbage gets in and none throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (garbage) => {
        expect(readWebToken(secret, garbage, now)).toBeNull()
        expect(readWebToken(secret, `v1.${garbage}`, now)).toBeNull()
      }),
    )
  })

  it('needs a person and an expiry even when the signature is right', () => {
    for (const [openid, exp] of [
      ['', 9e9],
      ['someone', '9e9' as unknown as number],
      [7 as unknown as string, 9e9],
    ] as const) {
      expect(readWebToken(secret, signWebToken(secret, openid, exp), now)).toBeNull()
    }
  })
})

describe('ids', () => {
  it('of a person are stable, short, safe, and differ with the secret', () => {
    const id = publicUserId('secret', 'openid')
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,32}$/)
    expect(publicUserId('secret', 'openid')).toBe(id)
    expect(publicUserId('secret', 'openie')).not.toBe(id)
    expect(publicUserId('other', 'openid')).not.toBe(id)
  })

  it('M20, M21: of rooms are made here; no text of a client gets into them', () => {
    for (const requestId of ['__proto__', 'constructor', '../..', 'a b', '🎸']) {
      expect(roomIdFor('secret', 'user', requestId)).toMatch(/^r[0-9a-f]{24}$/)
    }
    expect(roomIdFor('secret', 'user', 'a')).not.toBe(roomIdFor('secret', 'user2', 'a'))
  })

  it('M9: of streams carry the room and at least 96 random bits', () => {
    const roomId = roomIdFor('secret', 'user', 'a')
    const name = streamName(roomId, 3, randomBytes(16))
    expect(name.length - `${roomId}_3_`.length).toBeGreaterThanOrEqual(96 / 4)
    expect(parseStream(name)).toMatchObject({ roomId, of: 'anchor' })
    for (const other of ['', 'test', `${roomId}_3_`, `x${name}`, `${name}\n`]) expect(parseStream(other)).toBeNull()
  })
})
