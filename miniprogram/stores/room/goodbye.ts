import type { RoomApi } from '../../services/room-api/port'

/** A viewer's goodbye to the server, and which room it is for. Nothing is told about its fate (M66, M67). */
export class Goodbye {
  /** The room that the viewer is in or on his way to; empty when there is none to leave. */
  roomId = ''
  /** Settles when the last one was answered; who enters another room waits for it. */
  said: Promise<void> = Promise.resolve()

  constructor(private readonly api: RoomApi) {}

  /** The room is over: there is nothing to leave. */
  forget(): void {
    this.roomId = ''
  }

  /** Said after an `enter` that is still under way. */
  say(entering: Promise<void>): void {
    const { roomId } = this
    this.roomId = ''
    if (roomId === '') return
    this.said = entering
      .then(() => this.api.call('leave', { roomId }))
      .then(
        () => {},
        () => {},
      )
  }
}
