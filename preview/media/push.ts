import { AudioSender } from './audio-sender'
import {
  AAC_CONFIG,
  AAC_FRAME,
  AUDIO,
  AVC_CONFIG,
  AVC_INTER,
  AVC_KEY,
  flvHeader,
  flvTag,
  onMetaData,
  SCRIPT,
  VIDEO,
} from './flv'
import { type Looks, Painter } from './painter'
import { type OpenSocket, PublishLink } from './publish-link'
import type { Size } from './quality'
import { VideoSender, type VideoSettings } from './video-sender'

/** Bytes that may wait in the socket before frames are dropped: half a second to a few seconds of a mobile uplink. */
const CONGESTED = 300_000
const AUDIO_BITRATE = 64_000

export interface PushSettings extends VideoSettings {
  target: Size
  looks: Looks
  audioBitrate?: number
}

export interface PushEvents {
  /** The server closed the socket, or it broke. */
  closed(code: number, reason: string): void
  /** An encoder failed; the push is over. */
  failed(kind: 'video' | 'audio', error: unknown): void
  /** The first encoded frame left. */
  firstFrame(): void
  size(size: Size): void
}

/** What the microphone and the camera give at the moment; null while one is off. */
export interface Tracks {
  video: MediaStreamTrack | null
  audio: MediaStreamTrack | null
}

/** Figures since the start of the push. */
export interface PushStats {
  videoBytes: number
  audioBytes: number
  bytes: number
  frames: number
  dropped: number
  backlog: number
  size: Size | null
}

/** One push from connection to end: tracks in, FLV out. Both tracks are always announced and always sent. */
export class Push {
  private readonly video: VideoSender
  private readonly audio: AudioSender
  private readonly zero = performance.now()
  private size: Size | null = null
  private ended = false

  /**
   * Connects and starts to send.
   * @param settings asked again for each frame, so that changes hold at once
   * @throws LinkError when the server does not take it
   */
  static async open(
    url: string,
    tracks: Tracks,
    settings: () => PushSettings,
    events: PushEvents,
    openSocket: OpenSocket,
  ): Promise<Push> {
    let push: Push | null = null
    const link = await PublishLink.open(url, openSocket, (code, reason) => {
      push?.stop()
      events.closed(code, reason)
    })
    push = new Push(link, settings, events)
    push.start(tracks)
    return push
  }

  private constructor(
    private readonly link: PublishLink,
    private readonly settings: () => PushSettings,
    private readonly events: PushEvents,
  ) {
    const elapsed = () => (performance.now() - this.zero) / 1000
    const painter = new Painter(
      () => settings().target,
      () => settings().looks,
    )
    this.video = new VideoSender(
      settings,
      painter,
      () => settings().target,
      elapsed,
      () => link.backlog > CONGESTED,
      {
        config: (avcC, ms) => link.write(flvTag(VIDEO, ms, AVC_CONFIG, avcC)),
        frame: (data, key, ms) => this.sendFrame(data, key, ms),
        size: (size) => {
          this.size = size
          events.size(size)
        },
      },
      (error) => this.fail('video', error),
    )
    this.audio = new AudioSender(
      elapsed,
      {
        config: (asc) => link.write(flvTag(AUDIO, 0, AAC_CONFIG, asc)),
        packet: (data, seconds) => link.write(flvTag(AUDIO, Math.max(0, Math.round(seconds * 1000)), AAC_FRAME, data)),
      },
      (error) => this.fail('audio', error),
    )
  }

  setVideo(track: MediaStreamTrack | null): void {
    this.video.setTrack(track)
  }

  setAudio(track: MediaStreamTrack | null): void {
    this.audio.setTrack(track)
  }

  get stats(): PushStats {
    return {
      videoBytes: this.video.bytes,
      audioBytes: this.audio.bytes,
      bytes: this.link.bytes,
      frames: this.video.frames,
      dropped: this.video.dropped,
      backlog: this.link.backlog,
      size: this.size,
    }
  }

  get congested(): boolean {
    return this.link.backlog > CONGESTED
  }

  /** Ends encoders and socket; the tracks stay with their owner. No event follows. */
  stop(): void {
    if (this.ended) return
    this.ended = true
    this.video.stop()
    this.audio.stop()
    this.link.close()
  }

  private start(tracks: Tracks): void {
    const { target, fps, bitrate, audioBitrate = AUDIO_BITRATE } = this.settings()
    this.link.write(flvHeader(true, true))
    const meta = {
      ...target,
      framerate: fps,
      videodatarate: bitrate / 1000,
      videocodecid: 7,
      audiocodecid: 10,
      audiosamplerate: 48_000,
      stereo: false,
    }
    this.link.write(flvTag(SCRIPT, 0, onMetaData(meta)))
    this.video.setTrack(tracks.video)
    this.audio.setTrack(tracks.audio)
    void this.audio.open(audioBitrate).catch((error) => this.fail('audio', error))
  }

  private sendFrame(data: Uint8Array, key: boolean, ms: number): void {
    this.link.write(flvTag(VIDEO, ms, key ? AVC_KEY : AVC_INTER, data))
    if (this.video.frames === 1) this.events.firstFrame()
  }

  private fail(kind: 'video' | 'audio', error: unknown): void {
    if (this.ended) return
    this.stop()
    this.events.failed(kind, error)
  }
}
