import { computed, makeObservable } from 'mobx-miniprogram'
import type { RoomView } from '../../../protocol/room'
import type { Playback } from '../../media/playback'
import type { Publisher } from '../../media/publisher'
import { placesOf } from './places'
import type { Place, Stage, Tile } from './types'

/** Pictures at once that any phone bears. */
const LIMIT = 6

export interface StageDeps {
  room(): RoomView | null
  me(): string
  readonly publisher: Publisher | null
  readonly playback: Playback | null
}

/** Who is on stage, from the room; and what draws them on this phone. */
export class RoomStage implements Stage {
  readonly limit = LIMIT
  readonly pages = 1
  readonly page = 0

  constructor(private readonly deps: StageDeps) {
    makeObservable(this, { places: computed, tiles: computed, camera: computed, mixed: computed })
  }

  get places(): readonly Place[] {
    const room = this.deps.room()
    return room ? placesOf(room, this.deps.me()) : []
  }

  get tiles(): readonly Tile[] {
    const { publisher, playback } = this.deps
    const tile = { key: 'anchor-1', slot: 'anchor', leaving: false } as const
    if (publisher?.active) return [{ ...tile, media: { kind: 'camera', publisher } }]
    return playback?.active ? [{ ...tile, media: { kind: 'picture', playback } }] : []
  }

  get camera(): Publisher | null {
    return this.deps.publisher
  }

  get mixed(): boolean {
    return this.deps.publisher === null && (this.deps.room()?.mixed ?? false)
  }

  turn(): void {}

  setMuted(muted: boolean): void {
    this.deps.playback?.setMuted(muted)
  }
}
