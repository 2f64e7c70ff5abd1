import { routeOf } from '../../../../cloudfunctions/contract/room-service/routes'

test.each([
  ['/weapp/live_room/add_pusher', { kind: 'room', type: 'live_room', verb: 'add_pusher', second: false }],
  ['/weapp/live_room/add_anchor', { kind: 'room', type: 'live_room', verb: 'add_pusher', second: true }],
  ['/rtc_room/anchor_heartbeat', { kind: 'room', type: 'rtc_room', verb: 'pusher_heartbeat', second: true }],
  ['/weapp/double_room/add_audience', { kind: 'unknown', what: 'verb' }],
  ['/weapp/utils/get_login_info', { kind: 'utils', util: 'get_login_info' }],
  ['/weapp/utils/login', { kind: 'unknown', what: 'verb' }],
  ['/weapp/chess_room/login', { kind: 'unknown', what: 'type' }],
])('M23: %s is routed by its path alone', (path, route) => {
  expect(routeOf(path)).toEqual(route)
})

test.each([
  '',
  '/',
  '/weapp',
  '/weapp/',
  '/weapp/live_room',
  '/weapp/live_room/',
  '/weapp/live_room/login/x',
  'live_room/login',
])('%j is no path of the protocol', (path) => {
  expect(routeOf(path)).toBeNull()
})

test.each(['__proto__', 'constructor', 'toString'])('M20: %s is neither a type nor a verb', (name) => {
  expect(routeOf(`/weapp/${name}/login`)).toEqual({ kind: 'unknown', what: 'type' })
  expect(routeOf(`/weapp/live_room/${name}`)).toEqual({ kind: 'unknown', what: 'verb' })
})
