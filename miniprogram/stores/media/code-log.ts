/** More different codes than this are a fault of the reporter, not news. */
const MAX_CODES = 200

/** Counts the codes of one tag, and tells about each unknown one once. */
export class CodeLog {
  readonly counts = new Map<number, number>()

  constructor(
    private readonly tag: string,
    private readonly tell: (message: string) => void,
  ) {}

  note(code: number, known: boolean): void {
    const count = this.counts.get(code)
    if (count === undefined && this.counts.size >= MAX_CODES) return
    this.counts.set(code, (count ?? 0) + 1)
    if (!known && count === undefined) this.tell(`${this.tag} reported the unknown code ${code}`)
  }
}
