/** How often one person may send something. The server has the last word. */
export class Pace {
  private sent: number[] = []
  private restsUntil = 0

  /** @param now ms */
  constructor(
    private readonly now: () => number,
    private readonly max: number,
    private readonly ms: number,
  ) {}

  /** Time (ms) until the next one may go; 0: at once. */
  get wait(): number {
    const now = this.now()
    this.sent = this.sent.filter((at) => at > now - this.ms)
    const [oldest] = this.sent
    const own = this.sent.length >= this.max && oldest !== undefined ? oldest + this.ms - now : 0
    return Math.max(own, this.restsUntil - now, 0)
  }

  spend(): void {
    this.sent.push(this.now())
  }

  /** The server has refused: nothing for one window. */
  rest(): void {
    this.restsUntil = this.now() + this.ms
  }
}
