import type { OpenCamera, Position } from './camera'
import { Capture, type CaptureDevices } from './capture'
import type { CaptureError } from './capture-error'
import type { NetInfo } from './net-info'
import type { Tracks } from './push'
import { type OpenPush, PushLine } from './push-line'
import { type PusherProps, pushSettings } from './pusher-props'

export interface PusherDeps extends CaptureDevices {
  /** Why this browser cannot push; null when it can. */
  unsupported(): Promise<string | null>
  readonly openPush: OpenPush
  /** The sound to push for this microphone, where more is to be heard than it. */
  mixed?(mic: MediaStreamTrack | null): MediaStreamTrack | null
}

export interface PusherEvents {
  /** `bindstatechange`; codes as phones send them. */
  state(code: number, message: string): void
  /** `binderror`: 10001 camera, 10002 microphone denied. */
  error(errCode: number, errMsg: string): void
  net(info: NetInfo): void
  camera(camera: OpenCamera | null): void
  mic(track: MediaStreamTrack | null): void
  pushing(on: boolean): void
}

/** What can take the devices away from the app for a while, and the code of a push that ends by it. */
const ABSENCES = {
  background: { code: 5000, reason: 'the app is in the background' },
  call: { code: 5001, reason: 'the user is in a phone call' },
} as const
export type Absence = keyof typeof ABSENCES

const positionOf = (props: PusherProps): Position => (props.devicePosition === 'back' ? 'back' : 'front')

/**
 * One `<live-pusher>`: what the page wants (preview, push, pause), what the devices do, and the event codes that
 * follow. Holds camera and microphone only while a preview or a push is wanted and nothing keeps them away.
 */
export class PusherSession {
  private readonly capture: Capture
  private readonly line: PushLine
  private props: PusherProps
  private position: Position
  private previewWanted = false
  private pushWanted = false
  private paused = false
  private readonly away = new Set<Absence>()

  constructor(
    props: PusherProps,
    private readonly deps: PusherDeps,
    private readonly on: PusherEvents,
  ) {
    this.props = props
    this.position = positionOf(props)
    this.capture = new Capture(deps, {
      camera: (camera) => this.cameraChanged(camera),
      mic: (track) => this.micChanged(track),
      failed: (error) => this.deviceFailed(error),
    })
    const session = this
    const source = {
      get url() {
        return session.props.url
      },
      get tracks() {
        return session.tracks
      },
      settings: () => pushSettings(this.props, this.capture.camera?.pretended === true),
    }
    this.line = new PushLine(deps.openPush, source, {
      state: on.state,
      net: on.net,
      pushing: on.pushing,
      gaveUp: () => this.settle(),
    })
  }

  update(props: PusherProps): void {
    const before = this.props
    this.props = props
    if (props.devicePosition !== before.devicePosition) this.position = positionOf(props)
    if (this.capture.mic) this.capture.mic.enabled = !props.muted
    if (this.previewWanted || this.pushWanted) void this.follow()
    if (props.url !== before.url && this.pushWanted) this.changeUrl()
    else if (props.autopush && props.url && (!before.autopush || props.url !== before.url))
      void this.start().catch(() => {})
  }

  /** Begins to push, or begins anew after a failure. Throws when there is nothing to push to. */
  async start(): Promise<void> {
    for (const absence of this.away) throw new Error(`fail: ${ABSENCES[absence].reason}`)
    if (!this.props.url) throw new Error('fail: url is empty')
    if (this.pushWanted && this.line.connected) return
    this.pushWanted = true
    this.paused = false
    const reason = await this.deps.unsupported()
    if (reason) {
      this.stop()
      this.on.state(-1303, reason)
      throw new Error(`fail: ${reason}`)
    }
    if (this.pushWanted) await this.begin()
  }

  /** Ends the push and turns the devices off. Safe to repeat. */
  stop(): void {
    this.pushWanted = false
    this.previewWanted = false
    this.line.end()
    this.capture.close()
  }

  async startPreview(): Promise<void> {
    this.previewWanted = true
    await this.follow()
  }

  stopPreview(): void {
    this.previewWanted = false
    if (!this.pushWanted) this.capture.close()
  }

  /** The stream goes on in black and silence, so that viewers are not cut off. */
  pause(): void {
    this.setPaused(true)
  }

  resume(): void {
    this.setPaused(false)
  }

  /** The other camera, until the page sets `device-position` again. */
  async switchCamera(): Promise<void> {
    this.position = this.position === 'front' ? 'back' : 'front'
    await this.follow()
  }

  /** The device behind the camera or the microphone is another one by now; a push goes on. */
  reopen(device: 'camera' | 'mic'): Promise<void> {
    return this.capture.reopen(device)
  }

  /** What `mixed` gives is another track. */
  soundChanged(): void {
    this.line.followAudio()
  }

  /** The track of the camera, while it is on. */
  get cameraTrack(): MediaStreamTrack | null {
    return this.capture.camera?.track ?? null
  }

  get facing(): Position {
    return this.position
  }

  /** An absence begins or ends. A push has stopped by it and waits for the page to start it anew. */
  setAway(absence: Absence, on: boolean): void {
    if (on === this.away.has(absence)) return
    if (!on) {
      this.away.delete(absence)
      void this.follow()
      return
    }
    this.away.add(absence)
    const suspended = this.pushWanted
    if (suspended) this.settle()
    this.line.end()
    this.capture.close()
    const { code, reason } = ABSENCES[absence]
    if (suspended) this.on.state(code, `Push suspended: ${reason}`)
  }

  /** The user took back a permission while the device was on. */
  revoke(device: 'camera' | 'mic'): void {
    const active = device === 'camera' ? this.capture.camera : this.capture.mic
    if (active)
      this.deviceFailed({ name: 'CaptureError', device, denied: true, message: `the user denied the ${device}` })
  }

  destroy(): void {
    this.stop()
    this.line.destroy()
  }

  private get tracks(): Tracks {
    if (this.paused) return { video: null, audio: null }
    const { mic, camera } = this.capture
    return { video: camera?.track ?? null, audio: this.deps.mixed ? this.deps.mixed(mic) : mic }
  }

  /** Brings the devices to what the properties say. */
  private async follow(): Promise<void> {
    const active = this.away.size === 0 && (this.previewWanted || this.pushWanted)
    const { enableCamera, enableMic, fps } = this.props
    const { position } = this
    const { target } = pushSettings(this.props, false)
    await this.capture.want({
      camera: active && enableCamera ? { position, target, fps } : null,
      mic: active && enableMic,
    })
  }

  private setPaused(paused: boolean): void {
    this.paused = paused
    this.line.followVideo()
    this.line.followAudio()
  }

  private begin(): Promise<void> {
    return this.line.begin(() => this.follow())
  }

  /** The push is over until the page starts it again; the picture on the anchor's own screen stays. */
  private settle(): void {
    this.pushWanted = false
    this.previewWanted = true
  }

  private changeUrl(): void {
    if (this.props.url) void this.begin()
    else this.line.end()
  }

  private cameraChanged(camera: OpenCamera | null): void {
    this.line.followVideo()
    this.on.camera(camera)
    if (camera) this.on.state(1003, 'Camera opened')
  }

  private micChanged(track: MediaStreamTrack | null): void {
    if (track) track.enabled = !this.props.muted
    this.on.mic(track)
    this.line.followAudio()
  }

  private deviceFailed({ device, denied, message }: CaptureError): void {
    this.stop()
    if (denied) this.on.error(device === 'camera' ? 10001 : 10002, message)
    this.on.state(device === 'camera' ? -1301 : -1302, `Opening the ${device} failed: ${message}`)
  }
}
