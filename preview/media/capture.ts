import type { OpenCamera, Position } from './camera'
import type { CaptureError } from './capture-error'
import type { Size } from './quality'

export interface Wanted {
  /** null: camera off. */
  camera: { position: Position; target: Size; fps: number } | null
  mic: boolean
}

export interface CaptureDevices {
  openCamera(target: Size, position: Position, fps: number): Promise<OpenCamera>
  openMicrophone(): Promise<MediaStreamTrack>
  release(track: MediaStreamTrack): void
}

export interface CaptureEvents {
  camera(camera: OpenCamera | null): void
  mic(track: MediaStreamTrack | null): void
  /** A device would not open, or ended by itself. It stays off until it is wanted anew. */
  failed(error: CaptureError): void
}

const NOTHING: Wanted = { camera: null, mic: false }
const keyOf = (camera: Wanted['camera']) =>
  camera && `${camera.position} ${camera.target.width}x${camera.target.height}@${camera.fps}`

/**
 * Camera and microphone of one pusher: says what is wanted, and devices follow one step at a time, so that no order of
 * calls leaves a device on that nobody wants.
 */
export class Capture {
  camera: OpenCamera | null = null
  mic: MediaStreamTrack | null = null
  private wanted = NOTHING
  private cameraKey: string | null = null
  private busy = false
  private working = Promise.resolve()

  constructor(
    private readonly devices: CaptureDevices,
    private readonly events: CaptureEvents,
  ) {}

  /** Resolves when devices are as wanted, or have failed (then `failed` has told). */
  want(wanted: Wanted): Promise<void> {
    this.wanted = wanted
    this.dropUnwanted()
    if (!this.busy) this.working = this.work()
    return this.working
  }

  /** Opens a device anew that is on: by now another one is meant. */
  reopen(device: 'camera' | 'mic'): Promise<void> {
    if (device === 'camera') this.cameraKey = null
    else this.dropMic()
    if (!this.busy) this.working = this.work()
    return this.working
  }

  /** Everything off, at once. */
  close(): void {
    void this.want(NOTHING)
  }

  private async work(): Promise<void> {
    this.busy = true
    for (;;) {
      const { camera, mic } = this.wanted
      if (camera && keyOf(camera) !== this.cameraKey) await this.openCamera(camera)
      else if (mic && !this.mic) await this.openMic()
      else break
    }
    this.busy = false
  }

  private async openCamera(wanted: NonNullable<Wanted['camera']>): Promise<void> {
    const { target, position, fps } = wanted
    this.setCamera(null, null)
    try {
      const camera = await this.devices.openCamera(target, position, fps)
      if (keyOf(this.wanted.camera) !== keyOf(wanted)) return this.devices.release(camera.track)
      camera.track.addEventListener('ended', () => this.lost('camera', camera.track))
      this.setCamera(camera, keyOf(wanted))
    } catch (error) {
      this.wanted = { ...this.wanted, camera: null }
      this.events.failed(error as CaptureError)
    }
  }

  private async openMic(): Promise<void> {
    try {
      const track = await this.devices.openMicrophone()
      if (!this.wanted.mic) return this.devices.release(track)
      track.addEventListener('ended', () => this.lost('mic', track))
      this.mic = track
      this.events.mic(track)
    } catch (error) {
      this.wanted = { ...this.wanted, mic: false }
      this.events.failed(error as CaptureError)
    }
  }

  private dropUnwanted(): void {
    if (!this.wanted.camera && this.camera) this.setCamera(null, null)
    if (!this.wanted.mic) this.dropMic()
  }

  private dropMic(): void {
    if (!this.mic) return
    this.devices.release(this.mic)
    this.mic = null
    this.events.mic(null)
  }

  private setCamera(camera: OpenCamera | null, key: string | null): void {
    if (this.camera) this.devices.release(this.camera.track)
    const before = this.camera
    this.camera = camera
    this.cameraKey = key
    if (before || camera) this.events.camera(camera)
  }

  /** The device went away without us: unplugged, or revoked in the browser. */
  private lost(device: 'camera' | 'mic', track: MediaStreamTrack): void {
    if (track !== (device === 'camera' ? this.camera?.track : this.mic)) return
    this.wanted = device === 'camera' ? { ...this.wanted, camera: null } : { ...this.wanted, mic: false }
    this.dropUnwanted()
    this.events.failed({ name: 'CaptureError', device, denied: false, message: `the ${device} ended` })
  }
}
