import type { IncomingMessage } from 'node:http'
import { foreignCaller } from '../../../local/local-only'

const ask = (method: string, headers: Record<string, string>, url = '/functions/room') =>
  foreignCaller({ method, headers, url } as unknown as IncomingMessage)
const host = '127.0.0.1:8080'

it.each([[host], ['localhost'], ['LOCALHOST:1'], ['[::1]:8080']])('answers callers of %s', (name) => {
  expect(ask('GET', { host: name })).toBeNull()
})

it.each([['evil.example'], ['127.0.0.1.evil.example'], ['evil.example:8080'], ['']])(
  'refuses callers of %j: a name may be rebound to this machine',
  (name) => {
    expect(ask('GET', { host: name })).toMatch('127.0.0.1')
  },
)

it('refuses another origin that posts or connects, the opaque one included', () => {
  for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:9999']) {
    expect(ask('POST', { host, origin })).toMatch('origin')
    expect(ask('GET', { host, origin, upgrade: 'websocket' })).toMatch('origin')
  }
})

it('lets its own pages and callers without an origin post and connect', () => {
  for (const headers of [{ host }, { host, origin: `http://${host}` }, { host, origin: `https://${host}` }]) {
    expect(ask('POST', headers)).toBeNull()
    expect(ask('GET', { ...headers, upgrade: 'websocket' })).toBeNull()
  }
})

it('leaves it to doors that ask for credentials themselves which origins may call', () => {
  const foreign = { host, origin: 'https://desk.example' }
  for (const url of ['/http/web-room', '/http/live-callback?x=1', '/weapp/live_room/login', '/dev/login']) {
    expect(ask('POST', foreign, url)).toBeNull()
    expect(ask('OPTIONS', foreign, url)).toBeNull()
    expect(ask('POST', { ...foreign, host: 'evil.example' }, url)).toMatch('127.0.0.1')
  }
  expect(ask('GET', { ...foreign, upgrade: 'websocket' }, '/im/ws?token=x')).toBeNull()
})

it('leaves nothing else to them: not a path that only looks like such a door', () => {
  const foreign = { host, origin: 'https://desk.example' }
  for (const url of ['/', '/http', '/functions/room?/http/', '/HTTP/web-room', '/dev/login/x', '/im/wsx', '//http/x']) {
    expect(ask('POST', foreign, url)).toMatch('origin')
  }
})
