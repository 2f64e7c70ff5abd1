import { createHash } from 'node:crypto'
import type { PlayUrls, PushGrant, ViewerPlay } from '../../miniprogram/protocol/actions'
import type { RoomDoc } from './documents'
import { rivalStreamOf } from './pk/side'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/**
 * The query that opens a stream, by Tencent's rule: `txSecret = md5(key + stream + txTime)`, `txTime` the expiry in
 * upper-case hex seconds. `expiresAt` is in unix seconds.
 */
export function signedQuery(key: string, stream: string, expiresAt: number): string {
  const txTime = expiresAt.toString(16).toUpperCase()
  return `txSecret=${md5(key + stream + txTime)}&txTime=${txTime}`
}

/** Where streams are pushed to and played from. Bases end in the app name: `rtmp://push.example.com/live`. */
export interface LiveUrlConfig {
  pushBase: string
  playBase: string
  pushKey: string
  /** Empty where the play domain asks for no signature. */
  playKey: string
  pushTtlS: number
}

/** The push URL of one stream, and so of one user and one room. */
export function pushGrant(config: LiveUrlConfig, stream: string, now: number): PushGrant {
  const query = signedQuery(config.pushKey, stream, Math.floor(now / 1000) + config.pushTtlS)
  return { url: `${config.pushBase}/${stream}?${query}`, expiresInMs: config.pushTtlS * 1000 }
}

/** How long a low-latency address can be opened, in seconds: as short as a phone needs to connect, since it can push. */
const LOW_LATENCY_TTL_S = 600

/** Where a picture is seen without delay. Its signature can push: only for people on stage and counted viewers. */
export function lowLatencyUrl(config: LiveUrlConfig, stream: string, now: number): PushGrant {
  const query = signedQuery(config.pushKey, stream, Math.floor(now / 1000) + LOW_LATENCY_TTL_S)
  return { url: `${config.pushBase}/${stream}?${query}`, expiresInMs: LOW_LATENCY_TTL_S * 1000 }
}

/** Addresses for watching. Never signed with the push key: that signature would let a viewer push. */
export function playUrls(config: LiveUrlConfig, stream: string, now: number): PlayUrls {
  const query = config.playKey
    ? `?${signedQuery(config.playKey, stream, Math.floor(now / 1000) + config.pushTtlS)}`
    : ''
  const base = `${config.playBase}/${stream}`
  return { flv: `${base}.flv${query}`, hls: `${base}.m3u8${query}`, webrtc: null }
}

/** What somebody who watches this room plays. The rival of a PK is in the mixed picture, where there is one. */
export function viewerPlay(
  config: LiveUrlConfig,
  room: Pick<RoomDoc, 'stream' | 'mix' | 'pk'>,
  now: number,
): ViewerPlay {
  const rival = room.mix === '' ? rivalStreamOf(room) : ''
  return {
    ...playUrls(config, room.mix || room.stream, now),
    rival: rival === '' ? null : playUrls(config, rival, now),
    lowLatency: null,
  }
}
