import {
  type AdmissionRules,
  admitPlay,
  admitPush,
  type StreamRequest,
  transcodingSource,
  txSecret,
  verifySignature,
} from '../../../../local/css/admission'

/** The inputs of Tencent's own sample; the digest was made with md5sum. */
const KEY = 'txrtmp'
const NAME = '11212122'
const TIME = '579ACB15'
const SECRET = '2133c689c452f0bf81b1a88261f1d9a6'
const EXPIRY = Number.parseInt(TIME, 16) * 1000
const BEFORE = EXPIRY - 1000

const rules: AdmissionRules = { app: 'live', pushKey: KEY, pushBackupKey: '', playKey: '' }
const request = (change: Partial<StreamRequest> = {}): StreamRequest => ({
  app: 'live',
  name: NAME,
  query: `txSecret=${SECRET}&txTime=${TIME}`,
  ...change,
})
const push = (change: Partial<StreamRequest> = {}, now = BEFORE): string | null =>
  admitPush(request(change), rules, (name) => name === 'banned', now)

describe('signature of a push', () => {
  it('is md5 over key, stream name and time', () => {
    expect(txSecret(KEY, NAME, TIME)).toBe(SECRET)
    expect(push()).toBeNull()
  })

  it('holds until its second of expiry and not after', () => {
    expect(push({}, EXPIRY)).toBeNull()
    expect(push({}, EXPIRY + 1)).toBe('expired')
  })

  it('hashes the time as it stands in the URL, in either case of letters', () => {
    const time = TIME.toLowerCase()
    expect(push({ query: `txSecret=${txSecret(KEY, NAME, time)}&txTime=${time}` })).toBeNull()
    expect(push({ query: `txSecret=${SECRET}&txTime=${time}` })).toBe('secret')
    expect(push({ query: `txSecret=${SECRET.toUpperCase()}&txTime=${TIME}` })).toBeNull()
  })

  it.each([
    ['missing altogether', { query: '' }, 'missing'],
    ['without its time', { query: `txSecret=${SECRET}` }, 'missing'],
    ['without its secret', { query: `txTime=${TIME}` }, 'missing'],
    ['with a time that is no number', { query: `txSecret=${SECRET}&txTime=tomorrow` }, 'expired'],
    ['with an endless time', { query: `txSecret=${SECRET}&txTime=${'f'.repeat(40)}` }, 'expired'],
    ['of another key', { query: `txSecret=${txSecret('other', NAME, TIME)}&txTime=${TIME}` }, 'secret'],
    ['of another stream', { name: 'another' }, 'secret'],
    ['cut short', { query: `txSecret=${SECRET.slice(1)}&txTime=${TIME}` }, 'secret'],
  ])('is refused %s', (_fault, change, refusal) => {
    expect(push(change)).toBe(refusal)
  })
})

describe('path of a stream', () => {
  it.each([
    ['another app', { app: 'vod' }],
    ['no name', { name: '' }],
    ['a climbing name', { name: '../etc' }],
    ['a name of 129 letters', { name: 'a'.repeat(129) }],
    ['a name with a line break', { name: 'a\n' }],
  ])('is refused with %s, before any signature', (_fault, change) => {
    expect(push(change)).toBe('path')
    expect(admitPlay(request(change), rules, BEFORE)).toBe('path')
  })
})

it('refuses a forbidden stream only after its signature held, so that strangers learn nothing', () => {
  const query = `txSecret=${txSecret(KEY, 'banned', TIME)}&txTime=${TIME}`
  expect(push({ name: 'banned', query })).toBe('forbidden')
  expect(push({ name: 'banned' })).toBe('secret')
})

describe('play', () => {
  it('is open without a play key', () => {
    expect(admitPlay(request({ query: '' }), rules, BEFORE)).toBeNull()
  })

  it('takes the play key and the push key once a play key is set, and nothing else', () => {
    const closed = { ...rules, playKey: 'play' }
    const signed = (key: string): StreamRequest =>
      request({ query: `txSecret=${txSecret(key, NAME, TIME)}&txTime=${TIME}` })
    expect(admitPlay(signed('play'), closed, BEFORE)).toBeNull()
    expect(admitPlay(signed(KEY), closed, BEFORE)).toBeNull()
    expect(admitPlay(signed('guess'), closed, BEFORE)).toBe('secret')
    expect(admitPlay(request({ query: '' }), closed, BEFORE)).toBe('missing')
  })
})

it('takes both push keys while they are rotated, for pushing and for low-latency playing', () => {
  const rotated = { ...rules, pushBackupKey: 'next', playKey: 'play' }
  const none = (): boolean => false
  for (const key of [KEY, 'next']) {
    const signed = request({ query: `bizid=8888&txSecret=${txSecret(key, NAME, TIME)}&txTime=${TIME}` })
    expect(admitPush(signed, rotated, none, BEFORE)).toBeNull()
    expect(admitPlay(signed, rotated, BEFORE)).toBeNull()
  }
  const next = request({ query: `txSecret=${txSecret('next', NAME, TIME)}&txTime=${TIME}` })
  expect(admitPush(next, rules, none, BEFORE)).toBe('secret')
})

it('names the stream behind a template: the last part after an underscore, and never nothing', () => {
  expect(transcodingSource('room_1_720p')).toBe('room_1')
  for (const name of ['room', '_720p', 'room_', 'room_a-b']) expect(transcodingSource(name)).toBeNull()
})

it('never lets the play key push', () => {
  const query = `txSecret=${txSecret('play', NAME, TIME)}&txTime=${TIME}`
  expect(admitPush(request({ query }), { ...rules, playKey: 'play' }, () => false, BEFORE)).toBe('secret')
})

it('has no authentication on a domain without keys', () => {
  expect(verifySignature([], request({ query: '' }), BEFORE)).toBeNull()
})
