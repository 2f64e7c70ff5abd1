import { deflateSync } from 'node:zlib'
import { Api } from 'tls-sig-api-v2/TLSSigAPIv2.js'
import { verifyUserSig } from '../../../../local/im/user-sig'
import fc from '../../../support/property'

const sdkAppId = 1400000001
const secretKey = 'a-secret-key-of-the-tests'
const check = (userSig: string, changes: Partial<Parameters<typeof verifyUserSig>[0]> = {}) =>
  verifyUserSig({ sdkAppId, secretKey, userId: 'alice', userSig, now: Date.now(), ...changes })

const genuine = new Api(sdkAppId, secretKey).genUserSig('alice', 3600)

test("a signature of Tencent's own library is accepted until it expires", () => {
  const verdict = check(genuine)
  expect(verdict).toEqual({ ok: true, expiresAt: expect.any(Number) })
  const expiresAt = verdict.ok ? verdict.expiresAt : 0
  expect(Math.abs(expiresAt - Date.now() - 3_600_000)).toBeLessThan(5_000)
  expect(check(genuine, { now: expiresAt - 1 }).ok).toBe(true)
  expect(check(genuine, { now: expiresAt })).toEqual({ ok: false, code: 70001 })
})

test('another user, another application, another key: each has its code', () => {
  expect(check(genuine, { userId: 'bob' })).toEqual({ ok: false, code: 70013 })
  expect(check(genuine, { sdkAppId: 1 })).toEqual({ ok: false, code: 70014 })
  expect(check(genuine, { secretKey: 'guessed' })).toEqual({ ok: false, code: 70009 })
})

test('a small text that inflates to megabytes is unreadable, not a heap of memory', () => {
  const bomb = deflateSync(Buffer.alloc(50_000_000, ' ')).toString('base64')
  expect(check(bomb)).toEqual({ ok: false, code: 70003 })
})

test('any text at all is refused with a code and never an exception', () => {
  const encoded = fc.jsonValue().map((value) => deflateSync(JSON.stringify(value)).toString('base64'))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), encoded), (userSig) => {
      expect(check(userSig)).toEqual({ ok: false, code: 70003 })
    }),
  )
})

test('a changed character makes it refused, or (in padding bits) changes neither the user nor the expiry', () => {
  fc.assert(
    fc.property(fc.nat({ max: genuine.length - 1 }), fc.constantFrom('A', 'z', '0', '*'), (at, other) => {
      fc.pre(genuine[at] !== other)
      const verdict = check(genuine.slice(0, at) + other + genuine.slice(at + 1))
      if (verdict.ok) expect(verdict).toEqual(check(genuine))
      else expect([70001, 70003, 70009, 70013, 70014]).toContain(verdict.code)
    }),
  )
})
