import type { PlayUrls, PushGrant, ViewerPlay } from '../../miniprogram/protocol/actions'
import type { EncoderPush } from '../../miniprogram/protocol/admin'
import type { RoomDoc } from './documents'
import { rivalStreamOf } from './pk/side'
import { isSigned, signedQuery } from './stream-sign'

/** Where streams are pushed to and played from. Bases end in the app name: `rtmp://push.example.com/live`. */
export interface LiveUrlConfig {
  pushBase: string
  playBase: string
  /** Where pictures are played over RTMP, those without delay among them: `rtmp://play.example.com/live`. */
  rtmpPlayBase: string
  /** Where the play domain speaks WebRTC, `webrtc://...`; '' where it does not. */
  webrtcBase: string
  /** Of an account with live codes (直播码): stands before every stream name, and in the query. '' for own domains. */
  bizid: string
  /** Signs; the backup key ('' for none) is taken as well where a signature is checked, while keys are rotated. */
  pushKey: string
  pushBackupKey: string
  /** Empty where the play domain asks for no signature. */
  playKey: string
  pushTtlS: number
  /** Can push, so it lives no longer than a phone needs to connect. */
  lowLatencyTtlS: number
  /** For encoders, which are set up by hand. */
  eventPushTtlS: number
}

type Names = Pick<LiveUrlConfig, 'bizid'>

/** The name of a stream at the streaming cloud. Safe to repeat. */
export const wireName = ({ bizid }: Names, stream: string): string =>
  bizid === '' || stream.startsWith(`${bizid}_`) ? stream : `${bizid}_${stream}`

/** Our name of what the streaming cloud calls so. */
export const plainName = ({ bizid }: Names, name: string): string =>
  bizid !== '' && name.startsWith(`${bizid}_`) ? name.slice(bizid.length + 1) : name

const expiry = (now: number, ttlS: number): number => Math.floor(now / 1000) + ttlS

/** What stands behind the name of a stream that is pushed, or played with a push key. */
function pushQuery(config: LiveUrlConfig, name: string, expiresAt: number): string {
  const live = config.bizid === '' ? '' : `bizid=${config.bizid}&`
  return live + signedQuery(config.pushKey, name, expiresAt)
}

const signedWithPushKey = (
  config: LiveUrlConfig,
  base: string,
  stream: string,
  now: number,
  ttlS: number,
): PushGrant => {
  const name = wireName(config, stream)
  return { url: `${base}/${name}?${pushQuery(config, name, expiry(now, ttlS))}`, expiresInMs: ttlS * 1000 }
}

/** The push URL of one stream, and so of one user and one room. */
export const pushGrant = (config: LiveUrlConfig, stream: string, now: number): PushGrant =>
  signedWithPushKey(config, config.pushBase, stream, now, config.pushTtlS)

/** Where a picture is seen without delay. Its signature can push: only for people on stage and counted viewers. */
export const lowLatencyUrl = (config: LiveUrlConfig, stream: string, now: number): PushGrant =>
  signedWithPushKey(config, config.rtmpPlayBase, stream, now, config.lowLatencyTtlS)

/** SRT port of Tencent's push domains. */
const SRT_PORT = 9000

/** A push URL that lasts, in every form that the streaming cloud takes. */
export function encoderPush(config: LiveUrlConfig, stream: string, now: number): EncoderPush {
  const { url, expiresInMs } = signedWithPushKey(config, config.pushBase, stream, now, config.eventPushTtlS)
  const { hostname, pathname, search } = new URL(url)
  const query = search.slice(1)
  const cut = url.lastIndexOf('/')
  return {
    rtmp: url,
    server: url.slice(0, cut),
    streamKey: url.slice(cut + 1),
    // The stream id of an SRT connection holds host, path and signature, separated by commas.
    srt: `srt://${hostname}:${SRT_PORT}?streamid=#!::h=${hostname},r=${pathname.slice(1)},${query.replaceAll('&', ',')}`,
    webrtc: `webrtc://${hostname}${pathname}?${query}`,
    expiresInMs,
  }
}

/**
 * Our name of the stream that this push URL opens, or null when it is none that we have signed, or has expired. Takes the
 * backup key as well.
 */
export function streamOfPushUrl(config: LiveUrlConfig, url: string, now: number): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const name = parsed?.pathname.split('/').at(-1) ?? ''
  const keys = [config.pushKey, config.pushBackupKey].filter(Boolean)
  const good = parsed !== null && name !== '' && isSigned(keys, name, parsed.searchParams, now)
  return good && wireName(config, name) === name ? plainName(config, name) : null
}

function played(config: LiveUrlConfig, stream: string, now: number, template = ''): { name: string; query: string } {
  const name = wireName(config, stream) + (template === '' ? '' : `_${template}`)
  const query = config.playKey ? `?${signedQuery(config.playKey, name, expiry(now, config.pushTtlS))}` : ''
  return { name, query }
}

/**
 * Addresses for watching. Never signed with the push key: that signature would let a viewer push. `template`: of a
 * transcoding, '' for the picture as it was pushed.
 */
export function playUrls(config: LiveUrlConfig, stream: string, now: number, template = ''): PlayUrls {
  const { name, query } = played(config, stream, now, template)
  const base = `${config.playBase}/${name}`
  return {
    flv: `${base}.flv${query}`,
    hls: `${base}.m3u8${query}`,
    webrtc: config.webrtcBase === '' ? null : `${config.webrtcBase}/${name}${query}`,
  }
}

/** The same picture over RTMP, for players outside of WeChat. */
export function rtmpPlayUrl(config: LiveUrlConfig, stream: string, now: number): string {
  const { name, query } = played(config, stream, now)
  return `${config.rtmpPlayBase}/${name}${query}`
}

/**
 * What this person plays who has come into this room. The rival of a PK is in the mixed picture, where there is one; who is
 * on stage does not play that. A call is mixed for its recording only.
 */
export function viewerPlay(
  config: LiveUrlConfig,
  room: Pick<RoomDoc, 'kind' | 'stream' | 'mix' | 'pk' | 'onStage'>,
  userId: string,
  now: number,
): ViewerPlay {
  const rival = room.mix === '' || room.onStage.includes(userId) ? rivalStreamOf(room) : ''
  return {
    ...playUrls(config, (room.kind !== 'call' && room.mix) || room.stream, now),
    rival: rival === '' ? null : playUrls(config, rival, now),
    lowLatency: null,
  }
}
