interface Ring {
  roomId: string
  from: string
  to: string
}

/** Who is rung up into a call, in memory, as far as the answer to a ring goes. */
export class FakeRings {
  private readonly all = new Map<string, Ring>()

  /** Rings somebody up; the id of the ring. */
  ring(roomId: string, from: string, to: string): string {
    const ringId = `ring-${this.all.size + 1}`
    this.all.set(ringId, { roomId, from, to })
    return ringId
  }

  /** The caller has given up, or somebody else was faster. */
  cancel(ringId: string): void {
    this.all.delete(ringId)
  }

  /** What rings for this person, or was answered by him. */
  find(user: string, ringId: string): Ring | null {
    const ring = this.all.get(ringId)
    return ring?.to === user ? ring : null
  }
}
