import type { RoomApi } from '../../services/room-api/port'

/** The goodbye to the server of whoever is not the room himself, and which room it is for. Nothing is told about its fate (M66, M67). */
export class Goodbye {
  /** The room that the user is in or on his way to; empty when there is none to leave, or none that is named yet. */
  roomId = ''
  /** Settles when the last one was answered; who enters another room waits for it. */
  said: Promise<void> = Promise.resolve()
  /** The name of a room that only the answer to a request tells, or '' when there is none. */
  private naming: Promise<string> | null = null

  constructor(private readonly api: RoomApi) {}

  /** He is on his way to a room that this answer names. */
  toward<T extends { room: { roomId: string } }>(answer: Promise<T>): Promise<T> {
    const naming = answer.then(
      ({ room }) => room.roomId,
      () => '',
    )
    this.naming = naming
    return answer
  }

  /** The room is over: there is nothing to leave. */
  forget(): void {
    this.roomId = ''
    this.naming = null
  }

  /** Said after an `enter` that is still under way. */
  say(entering: Promise<void>): void {
    const { roomId, naming } = this
    this.forget()
    if (roomId === '' && !naming) return
    this.said = entering
      .then(() => naming ?? roomId)
      .then<unknown>((name) => name !== '' && this.api.call('leave', { roomId: name }))
      .then(
        () => {},
        () => {},
      )
  }
}
