import type { Inputs } from '../media/inputs'

/** One's own microphone and camera, as a bar of buttons turns them. */
export interface Switches {
  readonly muted: boolean
  readonly cameraOn: boolean
  setMuted(muted: boolean): void
  setCameraOn(on: boolean): void
}

/** A screen in the camera's place: for those who watch the same stream, and after it the camera is as it was. */
export class Sharing {
  private before: { readonly cameraOn: boolean } | null = null

  constructor(
    private readonly inputs: Inputs,
    private readonly camera: Pick<Switches, 'cameraOn' | 'setCameraOn'>,
  ) {
    inputs.onUnshared(() => this.over())
  }

  /** Must be called by a tap. Another screen takes the place of the one before. */
  async share(): Promise<void> {
    await this.inputs.share()
    if (!this.inputs.sharing || this.before) return
    this.before = { cameraOn: this.camera.cameraOn }
    this.camera.setCameraOn(true)
  }

  private over(): void {
    const { before } = this
    this.before = null
    if (before) this.camera.setCameraOn(before.cameraOn)
  }
}
