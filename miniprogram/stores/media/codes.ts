import type { Meaning } from './code-meanings'

/**
 * What a code of `bindstatechange` means to us: meaning of the codes from the official documents of `live-pusher` and
 * `live-player` and from the code list of the LiteAV SDK that WeChat embeds. Their order differs between platforms and
 * versions, so no sequence is required anywhere; a code that is not listed is logged once (M158, P22-P24).
 */
export interface CodeRow<Reaction> {
  readonly reaction: Reaction
  readonly meaning: Meaning
}

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

type Rows<R> = readonly (readonly [reaction: R, meaning: Meaning, codes: string])[]

/** Rows such as `['log', 'internal', '1018-1022 7001']`. */
function table<R>(rows: Rows<R>): ReadonlyMap<number, CodeRow<R>> {
  const map = new Map<number, CodeRow<R>>()
  for (const [reaction, meaning, codes] of rows) {
    for (const part of codes.split(' ')) {
      const [, first = '', last = first] = /^(-?\d+)(?:\.\.(-?\d+))?$/.exec(part) ?? []
      for (let code = Number(first); code <= Number(last); code++) map.set(code, { reaction, meaning })
    }
  }
  return map
}

/**
 * `bindstatechange` of the pusher. With `room://` (1018-1021, 1031-1034, -33xx, -1000xx) it says who is there, too: see
 * plane.ts. Who is put out of such a room (1019) finds his seat gone, or not received, in what the server says.
 */
export const PUSHER_CODES = table<PusherReaction>([
  ['log', 'unnamed', '0 4998 4999'],
  ['log', 'screen-opened', '1004'],
  ['log', 'desktop-camera', '1009..1016'],
  ['log', 'room-left', '1019'],
  ['log', 'room-members', '1020'],
  ['log', 'room-moved', '1021'],
  ['log', 'room-answer', '1022'],
  ['log', 'internal', '1023..1034 2028 2031..2033 6001 7001 8001..8003 10001..10014'],
  ['log', 'first-picture', '2003'],
  ['log', 'playing', '2004'],
  ['log', 'loading', '2007'],
  ['log', 'decoder-started', '2008'],
  ['log', 'first-sound', '2026'],
  ['log', 'microphone-on', '2027'],
  ['log', 'microphone-off', '2029'],
  ['log', 'audio-route', '2030'],
  ['log', 'play-suspended', '6000'],
  ['log', 'screen-failed', '-1312 -1310..-1308'],
  ['log', 'room-failed', '-3320..-3317 -3308 -100013 -100006'],
  ['info', 'connected', '1001'],
  ['info', 'camera-opened', '1003'],
  ['info', 'first-frame', '1007'],
  ['info', 'encoder-software', '1103'],
  ['info', 'encoder-switched', '1107'],
  ['published', 'pushing', '1002'],
  ['published', 'room-entered', '1018'],
  ['weak-proof', 'resolution', '1005'],
  ['weak-proof', 'bitrate', '1006'],
  ['weak-proof', 'encoder-started', '1008'],
  ['poor', 'uplink-small', '1101'],
  ['quality', 'picture-eased', '1104..1106 1108'],
  ['quality', 'capture-slow', '1109 1110'],
  ['quality', 'room-busy', '5103'],
  ['wait', 'reconnecting', '1102'],
  ['wait', 'dns-failed', '3001'],
  ['wait', 'connect-failed', '3002'],
  ['wait', 'handshake-failed', '3003'],
  ['wait', 'line-broken', '3005'],
  ['wait', 'room-reconnecting', '5101 5102'],
  ['repush', 'nothing-sent', '3008'],
  ['repush', 'gave-up', '-1307'],
  ['repush', 'room-failed', '-3301 -100018'],
  ['repush', 'addresses-failed', '-1324'],
  ['repush', 'no-network', '-1325'],
  ['refuse', 'server-closed', '3004'],
  ['refuse', 'server-refused', '-1326'],
  ['suspend', 'suspended', '5000'],
  ['suspend', 'interrupted', '5001'],
  ['ask-camera', 'camera-denied', '1112 -1314'],
  ['ask-microphone', 'microphone-denied', '1203 -1317'],
  ['camera-failed', 'no-camera', '1111'],
  ['camera-failed', 'camera-failed', '-1301'],
  ['microphone-failed', 'no-microphone', '1201'],
  ['microphone-failed', 'microphone-busy', '1204'],
  ['microphone-failed', 'microphone-failed', '-1302'],
  ['camera-again', 'camera-settings', '-1315'],
  ['camera-again', 'camera-busy', '-1316'],
  ['microphone-again', 'microphone-silent', '-1311'],
  ['microphone-again', 'microphone-settings', '-1318'],
  ['microphone-again', 'microphone-busy', '-1319'],
  ['encode-failed', 'video-encoding-failed', '-1303'],
  ['encode-failed', 'audio-encoding-failed', '-1304'],
  ['step-down', 'resolution-unsupported', '-1305'],
  ['step-down', 'sample-rate-unsupported', '-1306'],
  ['bad-url', 'bad-address', '-1313'],
])

/** `binderror` of the pusher; old documents printed 1001 and 1002. */
export const PUSHER_ERRORS = table<PusherReaction>([
  ['ask-camera', 'camera-denied', '10001 1001'],
  ['ask-microphone', 'microphone-denied', '10002 1002'],
  ['log', 'music-failed', '10003'],
  ['log', 'waiting-image-failed', '10004'],
])

/** `bindstatechange` of the player. */
export const PLAYER_CODES = table<PlayerReaction>([
  ['log', 'unnamed', '0'],
  ['log', 'progress', '2005'],
  ['log', 'internal', '2010 2013..2025 2028 2031 2033 -2303 -2306'],
  ['log', 'message', '2012'],
  ['log', 'audio-route', '2030'],
  ['log', 'audio-taken', '2032'],
  ['log', 'decrypt-failed', '-2305'],
  ['log', 'switch-failed', '-2307'],
  ['info', 'connected', '2001'],
  ['info', 'receiving', '2002'],
  ['info', 'decoder-started', '2008'],
  ['info', 'resolution', '2009'],
  ['info', 'rotated', '2011'],
  ['info', 'decoder-software', '2106 2108'],
  ['picture', 'first-picture', '2003'],
  ['picture', 'playing', '2004'],
  ['picture', 'first-sound', '2026'],
  ['loading', 'loading', '2007'],
  ['replay', 'ended', '2006'],
  ['replay', 'gave-up', '-2301'],
  ['replay', 'low-latency-failed', '-2302 -2309'],
  ['wait', 'reconnecting', '2103'],
  ['wait', 'dns-failed', '3001'],
  ['wait', 'connect-failed', '3002'],
  ['wait', 'handshake-failed', '3003'],
  ['wait', 'line-broken', '3005'],
  ['poor', 'jitter', '2104'],
  ['poor', 'stutter', '2105'],
  ['loss', 'video-decoding-failed', '2101'],
  ['loss', 'audio-decoding-failed', '2102'],
  ['loss', 'frames-lost', '2107'],
  ['recreate', 'decoder-failed', '2109'],
  ['recreate', 'drawing-failed', '2110'],
  ['refuse', 'server-closed', '3004'],
  ['refuse', 'server-refused', '-2308'],
  ['codec', 'codec-unsupported', '-2304'],
  ['suspend', 'play-suspended', '6000'],
])
