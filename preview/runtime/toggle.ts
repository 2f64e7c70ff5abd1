import { Emitter } from './emitter'

/** Something that is on or off, and who wants to hear when that changes. */
export class Toggle {
  private readonly changes = new Emitter<boolean>()
  private value = false

  get on(): boolean {
    return this.value
  }

  set(on: boolean): void {
    if (on === this.value) return
    this.value = on
    this.changes.emit(on)
  }

  /** @returns a function that ends the subscription */
  onChange(listener: (on: boolean) => void): () => void {
    return this.changes.on(listener)
  }
}
