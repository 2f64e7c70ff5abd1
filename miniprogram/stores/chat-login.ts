import type { ChatCredentials } from '../protocol/actions'
import type { Messenger } from '../services/messenger/port'

/** The one chat login of the app: rooms share it, and the last one to leave ends it. */
export class ChatLogin {
  private holders = 0

  constructor(readonly messenger: Messenger) {}

  /** Fresh credentials of the same user keep the connection. Rejects with MessengerError. */
  login(credentials: ChatCredentials): Promise<void> {
    return this.messenger.login(credentials)
  }

  /** Returns the function that lets go; idempotent. */
  hold(): () => void {
    this.holders++
    let held = true
    return () => {
      if (!held) return
      held = false
      this.holders--
      if (this.holders === 0) this.messenger.logout()
    }
  }
}
