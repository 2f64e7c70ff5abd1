import type { OpenCamera } from '../../../../preview/media/camera'

/** A track that says whether its light is on. */
export class FakeTrack extends EventTarget {
  enabled = true
  live = true
  end(): void {
    this.live = false
    this.dispatchEvent(new Event('ended'))
  }
}

/** Cameras and microphones that open when the test says so. `on` counts the lights. */
export function fakeDevices() {
  const tracks: FakeTrack[] = []
  let gate: Promise<void> = Promise.resolve()
  const make = (): MediaStreamTrack => {
    const track = new FakeTrack()
    tracks.push(track)
    return track as unknown as MediaStreamTrack
  }
  const devices = {
    tracks,
    opened: [] as string[],
    camera: null as Error | null,
    mic: null as Error | null,
    get on(): number {
      return tracks.filter((track) => track.live).length
    },
    /** Openings wait until the returned function is called. */
    hold(): () => void {
      let free = () => {}
      gate = new Promise((resolve) => {
        free = resolve
      })
      return free
    },
    async openCamera(target: { width: number; height: number }, position: string): Promise<OpenCamera> {
      await gate
      if (devices.camera) throw devices.camera
      devices.opened.push(`${position} ${target.width}x${target.height}`)
      return { track: make(), kind: 'device', pretended: false }
    },
    async openMicrophone(): Promise<MediaStreamTrack> {
      await gate
      if (devices.mic) throw devices.mic
      devices.opened.push('mic')
      return make()
    },
    release(track: MediaStreamTrack): void {
      ;(track as unknown as FakeTrack).live = false
    },
  }
  return devices
}
