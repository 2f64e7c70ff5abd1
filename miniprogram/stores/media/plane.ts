import { type SeatMedia, TRTC_USER } from '../../protocol/link'

/** Somebody whose picture or sound is to be had: which stream of which seat, and where it is played. */
export interface Sender {
  readonly seat: number
  readonly epoch: number
  readonly url: string
}

/**
 * How picture and sound travel, as far as a phone has to know. The pusher takes its address as the server made it, whichever
 * plane that is; what differs is who says where the others are played.
 */
export interface MediaPlane {
  /** Whose media are to be had, as the pusher has told; null: the server says so. */
  readonly senders: readonly Sender[] | null
  /** `bindstatechange` of the pusher. True: it may have changed `senders`. */
  heard(code: number, message: string): boolean
}

const RTMP: MediaPlane = { senders: null, heard: () => false }

/** A new one for every grant: who comes into the room again is told of everybody anew. Servers of before know RTMP only. */
export const planeOf = (media: SeatMedia | undefined): MediaPlane => (media?.kind === 'trtc' ? new TrtcPlane() : RTMP)

/** Codes of `<live-pusher url="room://…">` about the others in the room; the message is JSON with a `userlist`. */
const CAME = 1031
const WENT = 1032
const VIDEO = 1033
const AUDIO = 1034

interface Member {
  readonly url: string
  readonly video: boolean
  readonly audio: boolean
}
const SILENT: Member = { url: '', video: false, audio: false }

/**
 * The others in a TRTC room, by the pusher's word: the same people and addresses as Tencent's `trtc-wx-sdk` 1.1.15 makes of
 * the same words (test/unit/stores/media/plane.test.ts). A second picture of somebody (`aux`) is not for a call of ours.
 */
class TrtcPlane implements MediaPlane {
  private readonly members = new Map<string, Member>()

  get senders(): readonly Sender[] {
    return [...this.members].flatMap(([userId, { url, video, audio }]) => {
      const [, seat, epoch] = TRTC_USER.exec(userId) ?? []
      return seat === undefined || !(video || audio) ? [] : [{ seat: Number(seat), epoch: Number(epoch), url }]
    })
  }

  heard(code: number, message: string): boolean {
    if (code < CAME || code > AUDIO) return false
    for (const user of usersIn(message)) this.note(code, user)
    return true
  }

  private note(code: number, { userid, streamtype, hasvideo, hasaudio, playurl }: Record<string, unknown>): void {
    if (typeof userid !== 'string') return
    const known = this.members.get(userid)
    if (code === CAME) this.members.set(userid, known ?? SILENT)
    if (code === WENT) this.members.delete(userid)
    if (!known || (code === VIDEO && streamtype !== 'main')) return
    const url = known.video || known.audio || typeof playurl !== 'string' ? known.url : playurl
    if (code === VIDEO) this.members.set(userid, { ...known, url, video: hasvideo === true })
    if (code === AUDIO) this.members.set(userid, { ...known, url, audio: hasaudio === true })
  }
}

function usersIn(message: string): Record<string, unknown>[] {
  try {
    const list: unknown = (JSON.parse(message) as { userlist?: unknown } | null)?.userlist
    return Array.isArray(list) ? list.filter((user) => typeof user === 'object' && user !== null) : []
  } catch {
    return []
  }
}
