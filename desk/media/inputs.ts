import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { KeyValueStorage } from '../../miniprogram/services/device/port'

export interface Input {
  readonly id: string
  readonly label: string
}

/** Asks for a screen, a window or a tab; null when the user shares none. Its sound comes along where the browser has it. */
export type PickScreen = () => Promise<MediaStream | null>

const CHOICES = 'desk-inputs'
const EMPTY = { camera: '', microphone: '' }
type Choices = typeof EMPTY

const isChoices = (value: unknown): value is Choices =>
  typeof value === 'object' &&
  value !== null &&
  'camera' in value &&
  'microphone' in value &&
  typeof value.camera === 'string' &&
  typeof value.microphone === 'string'

/** What can be seen and heard by: the chosen camera and microphone, and a screen that is shared in the camera's place. */
export class Inputs {
  cameras: readonly Input[] = []
  microphones: readonly Input[] = []
  /** Ids; '' is the browser's own choice. */
  camera: string
  microphone: string
  /** The shared screen, owned here from the pick to `stopSharing` or the end of its picture. */
  screen: MediaStream | null = null
  /** The user could not be asked for a screen: the browser, or the policy of this page, does not let it. */
  screenRefused = false
  private readonly unshared = new Set<() => void>()

  constructor(
    private readonly storage: KeyValueStorage,
    private readonly pick: PickScreen = pickScreen,
  ) {
    const kept = storage.get(CHOICES, isChoices) ?? EMPTY
    this.camera = kept.camera
    this.microphone = kept.microphone
    makeObservable(this, {
      cameras: observable.ref,
      microphones: observable.ref,
      camera: observable,
      microphone: observable,
      screen: observable.ref,
      screenRefused: observable,
      sharing: computed,
    })
  }

  get sharing(): boolean {
    return this.screen !== null
  }

  /** Looks what is plugged in, now and with every change. Returns the function that ends it. */
  watch(media: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>): () => void {
    const look = async () => {
      const found = await media.enumerateDevices().catch(() => [])
      const of = (kind: MediaDeviceKind) =>
        found
          .filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default')
          .map(({ deviceId, label }) => ({ id: deviceId, label }))
      runInAction(() => {
        this.cameras = of('videoinput')
        this.microphones = of('audioinput')
      })
    }
    const changed = () => void look()
    changed()
    media.addEventListener('devicechange', changed)
    return () => media.removeEventListener('devicechange', changed)
  }

  choose(kind: keyof Choices, id: string): void {
    runInAction(() => {
      this[kind] = id
    })
    this.storage.set(CHOICES, { camera: this.camera, microphone: this.microphone })
  }

  /** Must be called by a tap: the browser asks nobody otherwise. Another screen takes the place of the one before. */
  async share(): Promise<void> {
    let screen: MediaStream | null = null
    let refused = false
    try {
      screen = await this.pick()
    } catch {
      refused = true
    }
    runInAction(() => {
      this.screenRefused = refused
    })
    const [picture] = screen?.getVideoTracks() ?? []
    if (!screen || !picture) return
    const before = this.screen
    const mine = screen
    // The browser's own bar ends it, too.
    picture.addEventListener('ended', () => this.screen === mine && this.stopSharing())
    runInAction(() => {
      this.screen = mine
    })
    for (const track of before?.getTracks() ?? []) track.stop()
  }

  /** Called whenever a screen is no longer shared, whoever ended it. */
  onUnshared(handler: () => void): void {
    this.unshared.add(handler)
  }

  stopSharing(): void {
    const { screen } = this
    if (!screen) return
    runInAction(() => {
      this.screen = null
    })
    for (const track of screen.getTracks()) track.stop()
    for (const handler of this.unshared) handler()
  }
}

async function pickScreen(): Promise<MediaStream | null> {
  try {
    return await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 15, max: 30 }, width: { max: 1920 }, height: { max: 1080 } },
      audio: true,
    })
  } catch (error) {
    // Who closes the list of screens has changed his mind; that is no fault.
    if (error instanceof DOMException && error.name === 'NotAllowedError') return null
    throw error
  }
}
