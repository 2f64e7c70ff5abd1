import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { CLOSE, LinkError } from '../../../preview/media/publish-link'
import type { PushEvents, PushSettings, PushStats, Tracks } from '../../../preview/media/push'
import type { PushHandle } from '../../../preview/media/push-line'
import { type TrtcPlace, trtcSeatOf } from './address'
import { type LoadTrtc, loadTrtc, type TrtcClient } from './sdk'

/** Somebody who is seen in the room. */
interface Seen {
  readonly userId: string
  readonly epoch: number
}

/**
 * The TRTC room of a call. What is pushed goes in by `push`, in the place of a stream; everybody else is heard as soon as he is
 * in it, and seen where `show` says. It is entered with the push and left with it.
 */
export class TrtcRoom {
  /** Who can be seen, by seat. */
  seen: ReadonlyMap<number, Seen> = new Map()
  private client: TrtcClient | null = null
  private main: Awaited<ReturnType<LoadTrtc>>['main'] | null = null
  private muted = false

  constructor(private readonly load: LoadTrtc = loadTrtc) {
    makeObservable(this, { seen: observable.ref })
  }

  /**
   * Enters the room and sends these tracks; the codes that a pusher tells of its way come from `events`.
   * Rejects with LinkError when TRTC does not take us.
   */
  async push(place: TrtcPlace, tracks: Tracks, settings: () => PushSettings, events: PushEvents): Promise<PushHandle> {
    const { create, EVENT, main } = await this.load()
    const client = create()
    let over = false
    const stats: PushStats = { videoBytes: 0, audioBytes: 0, bytes: 0, frames: 0, dropped: 0, backlog: 0, size: null }
    const stop = () => {
      if (over) return
      over = true
      if (this.client === client) this.leave()
      void client
        .exitRoom()
        .catch(() => {})
        .then(() => client.destroy())
    }
    const lost = (code: number, reason: string) => {
      if (over) return
      stop()
      events.closed(code, reason)
    }
    client.on(EVENT.KICKED_OUT, ({ reason }) => lost(CLOSE.kicked, reason))
    client.on(EVENT.CONNECTION_STATE_CHANGED, ({ state }) => {
      // While it reconnects by itself it is let.
      if (state === 'DISCONNECTED') lost(CLOSE.abnormal, 'TRTC has lost the connection')
    })
    client.on(EVENT.REMOTE_VIDEO_AVAILABLE, ({ userId, streamType }) => streamType === main && this.add(userId))
    client.on(EVENT.REMOTE_VIDEO_UNAVAILABLE, ({ userId, streamType }) => streamType === main && this.drop(userId))
    client.on(EVENT.REMOTE_USER_EXIT, ({ userId }) => this.drop(userId))
    client.on(EVENT.STATISTICS, ({ bytesSent, localStatistics }) => {
      const [picture] = localStatistics.video
      Object.assign(stats, { bytes: bytesSent, videoBytes: bytesSent })
      stats.frames += picture?.frameRate ?? 0
      stats.size = picture ? { width: picture.width, height: picture.height } : null
    })
    try {
      await client.enterRoom(place)
    } catch (error) {
      stop()
      throw new LinkError(CLOSE.refused, `TRTC: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (over) throw new LinkError(CLOSE.abnormal, 'TRTC has let us go at once')
    this.client = client
    this.main = main
    if (this.muted) this.setMuted(true)
    const sender = new Sender(client, settings, (kind, error) => {
      if (over) return
      stop()
      events.failed(kind, error)
    })
    sender.setVideo(tracks.video)
    sender.setAudio(tracks.audio)
    void sender.settled().then(() => over || events.firstFrame())
    return {
      setVideo: (track) => sender.setVideo(track),
      setAudio: (track) => sender.setAudio(track),
      stop,
      stats,
      congested: false,
    }
  }

  /** Draws who sits there into `view`. Returns the function that ends it. */
  show(seat: number, view: HTMLElement): () => void {
    const { client, main } = this
    const userId = this.seen.get(seat)?.userId
    if (!client || !main || userId === undefined) return () => {}
    void client.startRemoteVideo({ userId, streamType: main, view, option: { fillMode: 'contain' } }).catch(() => {})
    return () => void client.stopRemoteVideo({ userId, streamType: main }).catch(() => {})
  }

  /** Sound of everybody. */
  setMuted(muted: boolean): void {
    this.muted = muted
    void this.client?.muteRemoteAudio('*', muted).catch(() => {})
  }

  private add(userId: string): void {
    const of = trtcSeatOf(userId)
    const known = of && this.seen.get(of.seat)
    // Of two devices of one seat the later one has it.
    if (of && !(known && known.epoch > of.epoch)) this.set([...this.seen, [of.seat, { userId, epoch: of.epoch }]])
  }

  private drop(userId: string): void {
    this.set([...this.seen].filter(([, seen]) => seen.userId !== userId))
  }

  private leave(): void {
    this.client = null
    this.set([])
  }

  private set(entries: readonly (readonly [number, Seen])[]): void {
    runInAction(() => {
      this.seen = new Map(entries)
    })
  }
}

/** Sends one camera and one microphone, one change after the other: the SDK refuses what overlaps. */
class Sender {
  private readonly on = { video: false, audio: false }
  private last: Promise<void> = Promise.resolve()

  constructor(
    private readonly client: TrtcClient,
    private readonly settings: () => PushSettings,
    private readonly failed: (kind: 'video' | 'audio', error: unknown) => void,
  ) {}

  setVideo(videoTrack: MediaStreamTrack | null): void {
    const { client, on } = this
    this.next('video', async () => {
      const { target, fps, bitrate } = this.settings()
      const option = { profile: { ...target, frameRate: fps, bitrate: Math.round(bitrate / 1000) } }
      if (videoTrack && on.video) await client.updateLocalVideo({ option: { ...option, videoTrack } })
      else if (videoTrack) await client.startLocalVideo({ view: null, option: { ...option, videoTrack } })
      else if (on.video) await client.stopLocalVideo()
      on.video = videoTrack !== null
    })
  }

  setAudio(audioTrack: MediaStreamTrack | null): void {
    const { client, on } = this
    this.next('audio', async () => {
      if (audioTrack && on.audio) await client.updateLocalAudio({ option: { audioTrack } })
      else if (audioTrack) await client.startLocalAudio({ option: { audioTrack } })
      else if (on.audio) await client.stopLocalAudio()
      on.audio = audioTrack !== null
    })
  }

  /** What was asked for until now is done. */
  settled(): Promise<void> {
    return this.last
  }

  private next(kind: 'video' | 'audio', change: () => Promise<void>): void {
    this.last = this.last.then(change).catch((error: unknown) => this.failed(kind, error))
  }
}
