import { reaction } from 'mobx-miniprogram'
import type { RoomView } from '../../protocol/room'
import type { Device } from '../../services/device/port'
import type { Lease } from '../lease'
import type { Publisher } from '../media/publisher'
import { Camera } from '../room/camera'
import { fault, type RoomFault } from '../room/fault'
import { MediaSide } from '../room/media-side'
import type { Admission, Side, SideDeps } from '../room/side'
import type { RoomStage } from '../room/stage/stage'
import { isFinal, type Truth } from '../room/visit'

/** Taps within this time (ms) are told to the server as one. */
const SETTLE_MS = 300

export interface AnchorDeps extends SideDeps {
  device: Device
  pusherLease: Lease
}

/** The anchor: a camera of his own, a heartbeat, and the right to end the show. */
export class AnchorSide extends MediaSide implements Side {
  readonly rhythm = 'heartbeatMs'
  readonly owner = true
  readonly camera: Camera

  constructor(private readonly deps: AnchorDeps) {
    super()
    this.camera = new Camera({
      ...deps,
      freshUrl: () => this.freshUrl(),
      // The server learns it from the streaming cloud; until it has, it is asked more often.
      onPublished: () => deps.visit()?.loop.now(),
    })
    // Viewers hear from the server that there is nothing to see. What is lost on the way is said again by the next beat.
    let settle = () => {}
    const watched = reaction(
      () => this.camera.publisher.cameraOn,
      () => {
        settle()
        settle = deps.scope.after(SETTLE_MS, () => deps.visit()?.loop.now())
      },
    )
    deps.scope.onEnd(watched)
  }

  protected get publisher(): Publisher {
    return this.camera.publisher
  }
  protected get stage(): RoomStage {
    return this.deps.stage
  }

  ready(): Promise<RoomFault | null> {
    return this.camera.ready()
  }

  admitted(admission: Admission): void {
    if ('push' in admission) this.camera.push(admission.push.url)
    this.deps.stage.begin(null, true)
  }

  async question(roomId: string, version: number): Promise<Truth> {
    const epoch = this.deps.visit()?.epoch ?? 0
    const asked = this.deps.stage.version(version)
    const cameraOff = !this.camera.publisher.cameraOn
    const { room, counts, play, links } = await this.deps.api.call('beat', { roomId, epoch, version: asked, cameraOff })
    return { room, counts, links, stage: play }
  }

  async figures(roomId: string) {
    return (await this.deps.api.call('close', { roomId })).summary
  }

  changed(room: RoomView, before: RoomView): void {
    this.deps.stage.changed(room, before)
    this.look(room)
  }

  lost({ epoch }: RoomView, before: RoomView) {
    return epoch > before.epoch ? fault('superseded') : null
  }

  /** `enter` is the one call that brings chat credentials and changes nothing else; he is not a viewer of his own show. */
  async freshChat(roomId: string) {
    const { api } = this.deps
    const { chat } = await api.call('enter', { roomId })
    api.call('leave', { roomId }).catch(() => {})
    return chat
  }

  answered(truth: Truth): void {
    const room = this.deps.room()
    this.deps.stage.answered(truth)
    if (room) this.look(room)
  }

  unsettled(): boolean {
    return this.camera.publisher.state === 'publishing' && this.deps.room()?.state !== 'live'
  }

  release(): void {
    this.camera.release()
    this.deps.stage.release()
  }

  /** The server does not receive what this phone believes to push. */
  private look(room: RoomView): void {
    if (room.state === 'live' || room.reason === 'heartbeat-lost') return
    this.camera.publisher.dispatch({ type: 'not-received' })
  }

  private async freshUrl(): Promise<string> {
    const visit = this.deps.visit()
    if (!visit) throw new Error('no room to push to')
    try {
      return (await this.deps.api.call('push', { roomId: visit.roomId, epoch: visit.epoch })).push.url
    } catch (error) {
      if (isFinal(error)) visit.finish(error)
      throw error
    }
  }
}
