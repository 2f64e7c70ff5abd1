import type { RoomView, ShowSummary } from '../../protocol/room'
import type { Device } from '../../services/device/port'
import type { Publisher } from '../media/publisher'
import { closingFigures } from '../room/closing-figures'
import { fault } from '../room/fault'
import { MediaSide } from '../room/media-side'
import type { Admission, Side, SideDeps } from '../room/side'
import type { RoomStage } from '../room/stage/stage'
import type { Truth } from '../room/visit'
import type { ViewerLink } from './link/link-mic'

export interface AudienceDeps extends SideDeps {
  device: Device
  link: ViewerLink
}

/** A viewer: what the server lets him watch, a slow question now and then, and a seat on stage for some. */
export class AudienceSide extends MediaSide implements Side {
  readonly owner = false

  constructor(private readonly deps: AudienceDeps) {
    super()
  }

  protected get publisher(): Publisher {
    return this.deps.link.camera.publisher
  }
  protected get stage(): RoomStage {
    return this.deps.stage
  }

  get rhythm() {
    return this.deps.link.onStage ? 'heartbeatMs' : 'pollMs'
  }

  async ready(): Promise<null> {
    return null
  }

  admitted(admission: Admission): void {
    const { device, onFault, stage } = this.deps
    if ('play' in admission) stage.begin(admission.play, false)
    if (device.mediaGap === 'library') onFault(fault('capability-library'))
  }

  /** Who is on stage is a viewer all the same: both leases are renewed, and the way back is known. */
  async question(roomId: string, version: number): Promise<Truth> {
    const { api, stage, link } = this.deps
    const [truth, beat] = await Promise.all([
      api.call('sync', { roomId, version }),
      link.onStage ? link.beat(stage.version(version)) : null,
    ])
    if (!beat) return truth
    const room = (beat.room?.version ?? 0) > (truth.room?.version ?? 0) ? beat.room : truth.room
    return { ...truth, room, stage: beat.play }
  }

  figures(roomId: string): Promise<ShowSummary | null> {
    return closingFigures(this.deps.api, roomId)
  }

  changed(room: RoomView, before: RoomView): void {
    this.deps.stage.changed(room, before)
  }

  lost(): null {
    return null
  }

  async freshChat(roomId: string) {
    return (await this.deps.api.call('enter', { roomId })).chat
  }

  answered(truth: Truth): void {
    this.deps.stage.answered(truth)
  }

  unsettled(): boolean {
    return this.deps.link.unsettled
  }

  release(): void {
    this.deps.link.camera.release()
    this.deps.stage.release()
  }
}
