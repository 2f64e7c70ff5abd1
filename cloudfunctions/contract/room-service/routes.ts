/**
 * The routes of Tencent's old RoomService protocol: `/weapp/<room type>/<verb>` and `/weapp/utils/<verb>`. Of two names the
 * first is the one of 2018 ("pusher"), the second the one of the second generation ("anchor").
 */
export const ROOM_TYPES = ['live_room', 'double_room', 'multi_room', 'rtc_room'] as const
export type RoomType = (typeof ROOM_TYPES)[number]

export const UTILS = [
  'get_login_info',
  'get_login_info_debug',
  'get_test_pushurl',
  'get_test_rtmpaccurl',
  'check_config',
  'logfilelist',
  'getlogfile',
] as const
export type Util = (typeof UTILS)[number]

/** What a terminal asks for, by the name of the first generation. */
export type Verb =
  | 'login'
  | 'logout'
  | 'get_push_url'
  | 'get_room_list'
  | 'get_pushers'
  | 'create_room'
  | 'destroy_room'
  | 'add_pusher'
  | 'delete_pusher'
  | 'pusher_heartbeat'
  | LiveVerb
type LiveVerb =
  | 'merge_stream'
  | 'set_custom_field'
  | 'get_custom_info'
  | 'add_audience'
  | 'delete_audience'
  | 'get_audiences'

interface Named {
  verb: Verb
  /** Only terminals of the second generation use this name. */
  second: boolean
}

const both = (verb: Verb): [string, Named] => [verb, { verb, second: false }]
const anchor = (name: string, verb: Verb): [string, Named] => [name, { verb, second: true }]

const CALL_NAMES: ReadonlyMap<string, Named> = new Map([
  both('login'),
  both('logout'),
  both('get_push_url'),
  anchor('get_anchor_url', 'get_push_url'),
  both('get_room_list'),
  both('get_pushers'),
  anchor('get_anchors', 'get_pushers'),
  both('create_room'),
  both('destroy_room'),
  both('add_pusher'),
  anchor('add_anchor', 'add_pusher'),
  both('delete_pusher'),
  anchor('delete_anchor', 'delete_pusher'),
  both('pusher_heartbeat'),
  anchor('anchor_heartbeat', 'pusher_heartbeat'),
])

const LIVE_NAMES: ReadonlyMap<string, Named> = new Map([
  ...CALL_NAMES,
  both('merge_stream'),
  both('set_custom_field'),
  both('get_custom_info'),
  both('add_audience'),
  both('delete_audience'),
  both('get_audiences'),
])

export type Route =
  | { kind: 'room'; type: RoomType; verb: Verb; second: boolean }
  | { kind: 'utils'; util: Util }
  /** The path has the shape, but the room type, or the verb of this type, does not exist. */
  | { kind: 'unknown'; what: 'type' | 'verb' }

const named = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text)

/**
 * Reads the path alone: whatever a query holds routes nothing (M23). With or without `/weapp`, which the gateway may have
 * taken off; null when it is no path of this protocol.
 */
export function routeOf(path: string): Route | null {
  const [folder = '', name = '', ...rest] = path
    .replace(/^\/weapp(?=\/)/, '')
    .split('/')
    .slice(1)
  if (folder === '' || name === '' || rest.length > 0) return null
  if (folder === 'utils') {
    const util = named(UTILS, name)
    return util ? { kind: 'utils', util } : { kind: 'unknown', what: 'verb' }
  }
  const type = named(ROOM_TYPES, folder)
  if (!type) return { kind: 'unknown', what: 'type' }
  const found = (type === 'live_room' ? LIVE_NAMES : CALL_NAMES).get(name)
  return found ? { kind: 'room', type, ...found } : { kind: 'unknown', what: 'verb' }
}
