import type { Scope } from '../../scope'

/** Those who come in within this time (ms) of a line about others share the next one. */
const SHARED_MS = 3000

/** Who has come in: one line at most every three seconds, whoever many they are. */
export class Arrivals {
  private name = ''
  private others = -1
  private gathering = false

  constructor(
    private readonly scope: Scope,
    /** `others`: how many have come in besides. */
    private readonly tell: (name: string, others: number) => void,
  ) {}

  note(name: string): void {
    this.name = name
    this.others++
    if (!this.gathering) this.say()
  }

  forget(): void {
    this.others = -1
  }

  private say(): void {
    this.gathering = this.others >= 0
    if (!this.gathering) return
    const { name, others } = this
    this.forget()
    this.scope.after(SHARED_MS, () => this.say())
    this.tell(name, others)
  }
}
