import Sign from 'tencentcloud-sdk-nodejs/tencentcloud/common/sign'
import { type SignedRequest, verifyTc3 } from '../../../../local/css/tc3'

const NOW = 1_700_000_000_000
const credential = { secretId: 'AKID', secretKey: 'secret' }
const payload = { StreamName: 's' }

/** A request as Tencent's own client signs it. */
function signed(change: { secretId?: string; secretKey?: string; timestamp?: number } = {}): SignedRequest {
  const timestamp = change.timestamp ?? NOW / 1000
  const authorization: string = Sign.sign3({
    method: 'POST',
    url: 'http://127.0.0.1:8080/',
    payload,
    timestamp,
    service: 'live',
    ...credential,
    ...change,
    multipart: false,
    boundary: '',
    headers: { 'Content-Type': 'application/json' },
  })
  const headers = { authorization, host: '127.0.0.1:8080', 'content-type': 'application/json' }
  return { headers: { ...headers, 'x-tc-timestamp': String(timestamp) }, body: Buffer.from(JSON.stringify(payload)) }
}

const verify = (request: SignedRequest) => verifyTc3(request, credential, NOW)

it("accepts what Tencent's client signs, which leaves the port out of the host", () => {
  expect(verify(signed())).toBeNull()
})

it.each([
  ['another key', signed({ secretKey: 'guess' }), 'AuthFailure.SignatureFailure'],
  ['another id', signed({ secretId: 'AKID2' }), 'AuthFailure.SecretIdNotFound'],
  ['a time six minutes ago', signed({ timestamp: NOW / 1000 - 360 }), 'AuthFailure.SignatureExpire'],
  ['a changed body', { ...signed(), body: Buffer.from('{"StreamName":"t"}') }, 'AuthFailure.SignatureFailure'],
  ['no signature', { ...signed(), headers: { host: '127.0.0.1:8080' } }, 'AuthFailure.SignatureFailure'],
])('refuses a request with %s', (_fault, request, code) => {
  expect(verify(request)).toBe(code)
})

it.each([['x'], ['Infinity'], ['']])('refuses the timestamp %j without failing', (timestamp) => {
  const request = signed()
  request.headers['x-tc-timestamp'] = timestamp
  expect(verify(request)).toBe('AuthFailure.SignatureExpire')
})
