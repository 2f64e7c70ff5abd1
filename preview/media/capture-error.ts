/** A camera or microphone that would not open. `denied`: the person (or the system) refused it. */
export class CaptureError extends Error {
  constructor(
    readonly device: 'camera' | 'mic',
    readonly denied: boolean,
    message: string,
  ) {
    super(message)
    this.name = 'CaptureError'
  }
}
