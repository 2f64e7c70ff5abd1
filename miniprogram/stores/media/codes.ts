/**
 * What a code of `bindstatechange` means to us: meaning of the codes from the official documents of `live-pusher` and
 * `live-player` and from the code list of the LiteAV SDK that WeChat embeds. Their order differs between platforms and
 * versions, so no sequence is required anywhere; a code that is not listed is logged once (M158, P22-P24).
 */
export type PusherReaction =
  | 'log'
  | 'info'
  /** Pushing, for certain. */
  | 'published'
  /** Pushing, if the bit rate agrees. */
  | 'weak-proof'
  | 'quality'
  | 'poor'
  /** The SDK is reconnecting: let it work. */
  | 'wait'
  | 'repush'
  | 'suspend'
  | 'ask-camera'
  | 'ask-microphone'
  | 'refuse'
  | 'camera-failed'
  | 'microphone-failed'
  /** Try once more after 2 s, then as failed. */
  | 'camera-again'
  | 'microphone-again'
  | 'encode-failed'
  | 'step-down'
  | 'bad-url'

export type PlayerReaction =
  | 'log'
  | 'info'
  /** Something is seen or heard. */
  | 'picture'
  | 'loading'
  /** Ended or given up: ask the server, then play again. */
  | 'replay'
  | 'wait'
  | 'poor'
  /** A lost frame; many of them are a reason to play again. */
  | 'loss'
  | 'suspend'
  | 'refuse'
  | 'recreate'
  | 'codec'

type Rows<R> = readonly (readonly [reaction: R, codes: string])[]

/** Rows such as `['log', '1018-1022 7001']`. */
function table<R>(rows: Rows<R>): ReadonlyMap<number, R> {
  const map = new Map<number, R>()
  for (const [reaction, codes] of rows) {
    for (const part of codes.split(' ')) {
      const [, first = '', last = first] = /^(-?\d+)(?:\.\.(-?\d+))?$/.exec(part) ?? []
      for (let code = Number(first); code <= Number(last); code++) map.set(code, reaction)
    }
  }
  return map
}

/** `bindstatechange` of the pusher. Codes of `room://` (1018-1021, -33xx, -1000xx) are of no use to signed URLs. */
export const PUSHER_CODES = table<PusherReaction>([
  ['log', '0 1004 1009..1016 1018..1034 2003 2004 2007 2008 2026..2033 4998 4999 6000 6001 7001 8001..8003'],
  ['log', '-1312 -1310..-1308 10001..10014 -3320..-3317 -3308 -3301 -100018 -100013 -100006'],
  ['info', '1001 1003 1007 1103 1107'],
  ['published', '1002'],
  ['weak-proof', '1005 1006 1008'],
  ['poor', '1101'],
  ['quality', '1104..1106 1108..1110 5103'],
  ['wait', '1102 3001..3003 3005 5101 5102'],
  ['repush', '3008 -1307 -1324 -1325'],
  ['refuse', '3004 -1326'],
  ['suspend', '5000 5001'],
  ['ask-camera', '1112 -1314'],
  ['ask-microphone', '1203 -1317'],
  ['camera-failed', '1111 -1301'],
  ['microphone-failed', '1201 1204 -1302'],
  ['camera-again', '-1315 -1316'],
  ['microphone-again', '-1311 -1318 -1319'],
  ['encode-failed', '-1303 -1304'],
  ['step-down', '-1305 -1306'],
  ['bad-url', '-1313'],
])

/** `binderror` of the pusher; old documents printed 1001 and 1002. 10003 and 10004: background music, waiting image. */
export const PUSHER_ERRORS = table<PusherReaction>([
  ['ask-camera', '10001 1001'],
  ['ask-microphone', '10002 1002'],
  ['log', '10003 10004'],
])

/** `bindstatechange` of the player. */
export const PLAYER_CODES = table<PlayerReaction>([
  ['log', '0 2005 2010 2012..2025 2028 2030..2033 -2303 -2307..-2305'],
  ['info', '2001 2002 2008 2009 2011 2106 2108'],
  ['picture', '2003 2004 2026'],
  ['loading', '2007'],
  ['replay', '2006 -2301 -2302 -2309'],
  ['wait', '2103 3001..3003 3005'],
  ['poor', '2104 2105'],
  ['loss', '2101 2102 2107'],
  ['recreate', '2109 2110'],
  ['refuse', '3004 -2308'],
  ['codec', '-2304'],
  ['suspend', '6000'],
])
