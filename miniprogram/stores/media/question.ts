import { askedDelay } from '../retry-plan'
import type { Scope } from '../scope'

/** One question to the server at a time. Once it is forgotten, an answer that still comes is dropped (M67). */
export class Question<Answer> {
  private asked: object | null = null

  constructor(
    private readonly scope: Scope,
    private readonly hear: (answer: Answer) => void,
  ) {}

  /** `failed` makes the answer of a question that was refused, out of how long (ms) the server wants to be left alone. */
  async ask(question: () => Promise<Answer>, failed: (retryInMs: number) => Answer): Promise<void> {
    if (this.asked) return
    const mine = {}
    this.asked = mine
    let answer: Answer
    try {
      answer = await this.scope.guard(question())
    } catch (error) {
      answer = failed(askedDelay(error))
    }
    if (this.asked !== mine) return
    this.asked = null
    this.hear(answer)
  }

  forget(): void {
    this.asked = null
  }
}
