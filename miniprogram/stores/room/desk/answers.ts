import type { PersonalMessage } from '../../../protocol/messages'

type Answer = Extract<PersonalMessage, { type: 'link-answer' }>

/** More than can wait at once. */
const KEPT = 100

/** Questions of a while that are answered, so that what comes late or twice is known. */
export class Answers {
  private readonly byLink = new Map<string, Answer | null>()

  /** This one is answered: by the user, or by the message that says so. */
  note(linkId: string, message: Answer | null = null): Answer | null {
    this.byLink.set(linkId, message)
    for (const oldest of this.byLink.keys()) {
      if (this.byLink.size <= KEPT) break
      this.byLink.delete(oldest)
    }
    return message
  }

  knows(linkId: string): boolean {
    return this.byLink.has(linkId)
  }

  /** What was said about it, also before anybody knew what it was about. */
  of(linkId: string): Answer | null {
    return this.byLink.get(linkId) ?? null
  }

  clear(): void {
    this.byLink.clear()
  }
}
