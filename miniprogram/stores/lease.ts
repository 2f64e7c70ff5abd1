/** Something that the platform has only once. */
export class Lease {
  private holder: object | null = null

  /** The function that gives it back (idempotent), or null while another one holds it. */
  take(): (() => void) | null {
    if (this.holder) return null
    const holder = {}
    this.holder = holder
    return () => {
      if (this.holder === holder) this.holder = null
    }
  }

  get taken(): boolean {
    return this.holder !== null
  }
}
