import { deflateSync, inflateSync } from 'node:zlib'
import { Api } from 'tls-sig-api-v2/TLSSigAPIv2.js'
import { readUserSig, roomUserbuf, userSig } from '../../../cloudfunctions/core/user-sig'
import fc from '../../support/property'

const key = { sdkAppId: 1400000000, secretKey: 'test-secret-key' }
const TIME = 1_546_315_200
const EXPIRE = 604_800
const vector =
  'eJw1ycsKwjAQheF3mbXUTC*pDbgtKl4Qu3ElhaQyRE2apFoU312o7dmd7-9AtT1FT*VAQBwxmA2fpHoEamjgzit3wbF4qWtrSYLAlI37l0B3BQKzlCeYxZOq3pJTIDhLF5N5uoIALA2Wq*Oto7xPKowNpyxvC7s56Dmy9b7tX*dQF2*9M0v4-gDUiDDI'
const userbuf = roomUserbuf(key.sdkAppId, {
  userId: 'user_1',
  roomNumber: 10_000,
  expiresAtS: TIME + EXPIRE,
  privileges: 255,
})

const base64Of = (sig: string) => sig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=')
const inflate = (sig: string): Record<string, unknown> =>
  JSON.parse(inflateSync(Buffer.from(base64Of(sig), 'base64')).toString())
const pack = (document: unknown): string =>
  deflateSync(JSON.stringify(document)).toString('base64').replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')

describe('userSig', () => {
  it('holds what the published vector holds, in its order', () => {
    const ours = inflate(userSig(key, 'user_1', EXPIRE, TIME))
    expect(ours['TLS.sig']).toBe('1Fo1FHQlui7x3T12o6i57q9pJOk/10INqxwYta9zkMo=')
    expect(JSON.stringify(ours)).toBe(JSON.stringify(inflate(vector)))
  })

  it('writes the userbuf of the privateMapKey vector', () => {
    expect(userbuf.toString('hex')).toBe(
      `${'00'}${'0006'}${'757365725f31'}${'53724e00'}${'00002710'}${'5c342040'}${'000000ff'}${'00000000'}`,
    )
  })

  it("is byte for byte what Tencent's own library makes, with and without a userbuf", () => {
    jest.useFakeTimers({ now: TIME * 1000 })
    try {
      const theirs = new Api(key.sdkAppId, key.secretKey)
      for (const user of ['user_1', 'administrator', 'ukDEr7e0lh0Po6vS5B2XTiz']) {
        expect(userSig(key, user, EXPIRE, TIME)).toBe(theirs.genUserSig(user, EXPIRE))
      }
      expect(userSig(key, 'user_1', EXPIRE, TIME, userbuf)).toBe(theirs.genPrivateMapKey('user_1', EXPIRE, 10_000, 255))
    } finally {
      jest.useRealTimers()
    }
  })
})

describe('readUserSig', () => {
  it('names the user of the published vector until the sum of its times, as numbers', () => {
    expect(readUserSig(key, vector, TIME * 1000)).toBe('user_1')
    expect(readUserSig(key, vector, (TIME + EXPIRE - 1) * 1000)).toBe('user_1')
    expect(readUserSig(key, vector, (TIME + EXPIRE) * 1000)).toBeNull()
    expect(readUserSig(key, vector, (TIME + EXPIRE + 1) * 1000)).toBeNull()
  })

  it('reads what Tencent’s library signs now, and a privateMapKey', () => {
    const theirs = new Api(key.sdkAppId, key.secretKey)
    expect(readUserSig(key, theirs.genUserSig('alice', 60), Date.now())).toBe('alice')
    expect(readUserSig(key, theirs.genUserSig('alice', -60), Date.now())).toBeNull()
    expect(readUserSig(key, theirs.genPrivateMapKey('alice', 60, 1, 255), Date.now())).toBe('alice')
  })

  it('refuses another key and another application', () => {
    expect(readUserSig({ ...key, secretKey: 'guessed' }, vector, TIME * 1000)).toBeNull()
    expect(readUserSig({ ...key, sdkAppId: 1400000001 }, vector, TIME * 1000)).toBeNull()
  })

  it.each<[string, Record<string, unknown>]>([
    ['another user', { 'TLS.identifier': 'admin' }],
    ['no user', { 'TLS.identifier': undefined }],
    ['a later expiry', { 'TLS.expire': EXPIRE + 1 }],
    ['an expiry in text, which would be appended instead of added', { 'TLS.expire': String(EXPIRE) }],
    ['a time in text', { 'TLS.time': String(TIME) }],
    ['an application in text', { 'TLS.sdkappid': String(key.sdkAppId) }],
    ['a userbuf that was not signed', { 'TLS.userbuf': 'AAAA' }],
    ['a userbuf of another kind', { 'TLS.userbuf': 7 }],
    ['no signature', { 'TLS.sig': undefined }],
    ['an empty signature', { 'TLS.sig': '' }],
    ['a signature cut short', { 'TLS.sig': '1Fo1FHQlui7x3T12o6i57q9pJOk=' }],
  ])('refuses %s', (_, change) => {
    expect(readUserSig(key, pack({ ...inflate(vector), ...change }), TIME * 1000)).toBeNull()
  })

  it('refuses a user without a name even when the signature is right', () => {
    expect(readUserSig(key, userSig(key, '', EXPIRE, TIME), TIME * 1000)).toBeNull()
  })

  it('a small text that inflates to megabytes is refused, not unpacked', () => {
    const bomb = deflateSync(Buffer.alloc(3_000_000, ' ')).toString('base64')
    expect(bomb.length).toBeLessThan(4096)
    expect(readUserSig(key, bomb, TIME * 1000)).toBeNull()
  })

  it('property: no garbage names anybody and none throws', () => {
    const packed = fc.jsonValue().map(pack)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), packed), (garbage) => {
        expect(readUserSig(key, garbage, 0)).toBeNull()
      }),
    )
  })

  it('property: whatever character is changed, it is refused or names the same user', () => {
    fc.assert(
      fc.property(fc.nat({ max: vector.length - 1 }), fc.constantFrom('A', 'z', '0', '*', ' '), (at, other) => {
        const changed = vector.slice(0, at) + other + vector.slice(at + 1)
        expect([null, 'user_1']).toContain(readUserSig(key, changed, TIME * 1000))
      }),
    )
  })
})
