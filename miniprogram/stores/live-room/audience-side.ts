import type { RoomView, ShowSummary } from '../../protocol/room'
import type { Device } from '../../services/device/port'
import { RoomApiError } from '../../services/room-api/port'
import { Playback } from '../media/playback'
import type { Source } from '../media/playback-model'
import { fault } from './fault'
import { readSummary } from './read-message'
import type { Admission, Side, SideDeps } from './side'
import type { Truth } from './visit'

export interface AudienceDeps extends SideDeps {
  device: Device
}

/** When a stream breaks, a message about it is waited for this long (ms), so that a crowd does not ask all at once. */
const DOUBT_MS = { least: 400, spread: 1200 }

/** A viewer: a player, and a slow question now and then. */
export class AudienceSide implements Side {
  readonly rhythm = 'pollMs'
  readonly playback: Playback
  private address = ''
  private doubting = false

  constructor(private readonly deps: AudienceDeps) {
    const { scope, retry, onFault, log } = deps
    this.playback = new Playback({
      scope,
      retry,
      onFault,
      log,
      askSource: () => this.askSource(),
      onDoubt: () => this.doubt(),
    })
  }

  async ready(): Promise<null> {
    return null
  }

  admitted(admission: Admission): void {
    if (!('play' in admission)) return
    this.address = admission.play.flv
    const { device, onFault } = this.deps
    if (device.canShowMedia) this.playback.dispatch({ type: 'open', source: this.source() })
    else if (device.mediaGap === 'library') onFault(fault('capability-library'))
  }

  question(roomId: string, version: number): Promise<Truth> {
    return this.deps.api.call('sync', { roomId, version })
  }

  /** A closed room refuses every question, and tells its figures with it. */
  async figures(roomId: string): Promise<ShowSummary | null> {
    try {
      await this.deps.api.call('sync', { roomId, version: 0 })
    } catch (error) {
      if (error instanceof RoomApiError && error.code === 'room-closed') return readSummary(error.details.summary)
      throw error
    }
    return null
  }

  changed(room: RoomView, before: RoomView): void {
    // Another stream: only the server knows its address.
    if (room.epoch !== before.epoch) this.deps.visit()?.loop.now()
    else this.playback.dispatch({ type: 'source', source: { live: room.state === 'live' } })
  }

  answered({ play }: Truth): void {
    if (!play) return
    this.address = play.flv
    this.playback.dispatch({ type: 'source', source: this.source() })
  }

  unsettled(): boolean {
    return false
  }

  again(): void {
    this.playback.dispatch({ type: 'again' })
  }
  hide(): void {
    this.playback.dispatch({ type: 'hide' })
  }
  show(): void {
    this.playback.dispatch({ type: 'show' })
  }
  online(): void {
    this.playback.dispatch({ type: 'online' })
  }
  call(phase: 'begin' | 'end'): void {
    if (phase === 'end') this.playback.dispatch({ type: 'show' })
  }
  release(): void {
    this.playback.dispatch({ type: 'release' })
  }

  /** Still live as far as we know, and still no picture: the message was lost, or came before we had joined the group. */
  private doubt(): void {
    const { scope, room, visit } = this.deps
    if (this.doubting) return
    this.doubting = true
    scope.after(DOUBT_MS.least + DOUBT_MS.spread * scope.clock.random(), () => {
      this.doubting = false
      const dark = this.playback.spinner || this.playback.state !== 'playing'
      if (dark && room()?.state === 'live') visit()?.loop.now()
    })
  }

  private source(): Source {
    return { address: this.address, live: this.deps.room()?.state === 'live' }
  }

  private async askSource(): Promise<Source> {
    const visit = this.deps.visit()
    if (!visit) throw new Error('no room to watch')
    await visit.ask()
    return this.source()
  }
}
