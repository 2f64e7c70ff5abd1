import { text } from '../../locales/index'
import type { LiveRoom, NewRoom } from '../../stores/live-room/live-room'
import type { Snapshot } from '../../stores/media/handles'
import type { Playback } from '../../stores/media/playback'
import { own } from './instance'
import type { Host } from './opening'
import { newRoomOf } from './settings'

/** What a page can call: `this.selectComponent('#room')`. The table in the documents is made from these comments. */
export interface LiveRoomMethods {
  /**
   * Anchor: opens the room and goes on air; what `form` leaves out is taken from the properties. With `room-id` he goes on with
   * that show. Audience: enters the room, which the component does by itself as soon as it knows `room-id`. Resolves when the
   * server has answered; what went wrong is told by `error`.
   */
  start(form?: Partial<NewRoom>): Promise<void>
  /** Anchor: ends the show for everybody. Audience: leaves. Camera and microphone are off at once. */
  stop(): Promise<void>
  /** Nothing is played here, and one's own camera and microphone send nothing; the show and the chat go on. */
  pause(): void
  /** Plays again, and gives camera and microphone back as they were. */
  resume(): void
  /** Does again what the last `error` stopped; goes on with a show where its `remedy` is `resume`. */
  retry(): Promise<void>
  /** Opens the settings page of the platform, then tries again. */
  openSettings(): Promise<void>
  /** Front or back. */
  switchCamera(): void
  /** One's own camera; off, the others still hear. */
  setCamera(on: boolean): void
  /** One's own microphone, and the sound of what is played. */
  setMuted(muted: boolean): void
  /** A line for everybody, at most 200 characters. Resolves with false when it was not taken; one that is lost later comes again by `text`. */
  sendText(line: string): Promise<boolean>
  /** `data` (JSON of at most 1,024 bytes) for everybody here, under a tag of at most 32 of `a-z 0-9 . _ -`; `custom` tells it. `gift` is the component's own. Resolves with false when it was not taken or not delivered. */
  sendCustom(tag: string, data: unknown): Promise<boolean>
  /** A still of one's own picture: a temporary file and its size in px (0: unknown); null when there is none to be had. */
  snapshot(): Promise<Snapshot | null>
  /** Hearts; drawn at once, sent with those around them at most once a second. */
  like(count?: number): void
  /** Viewer: asks for a place on stage. The steps are told by `link`; a second call joins the first. */
  requestLink(): Promise<void>
  /** Viewer: takes the request back. */
  cancelLink(): Promise<void>
  /** Viewer whose place is held (`link` says `held`): goes on stage. */
  confirmLink(): Promise<void>
  /** Off the stage, or the held place back. Camera and microphone are off at once. */
  leaveLink(): Promise<void>
  /** Anchor: the answer to one of the `requests`. Viewer: the answer to an invitation (`link` says `invited`). A stale one does nothing. */
  respondLink(linkId: string, accept: boolean, reason?: string): Promise<void>
  /** Anchor: asks a viewer to come on stage. */
  invite(userId: string, name?: string): Promise<void>
  /** Anchor: sends somebody off the stage, by the `userId` of `people`. He stays in the room. */
  kick(userId: string): Promise<void>
  /** Anchor: turns a person's microphone or camera off, by the `seat` of `people`, or lets him decide again. */
  muteSeat(seat: number, off: { mic?: boolean; camera?: boolean }): Promise<void>
}

const roomOf = (instance: unknown): LiveRoom => own(instance).conductor.room

/** Whatever is played here. */
const playersOf = ({ stage }: LiveRoom): Playback[] =>
  stage.tiles.flatMap(({ media }) => (media.kind === 'picture' ? [media.playback] : []))

/** One's own microphone and camera: a seat's holder tells the others what he has turned off. */
function setMic(room: LiveRoom, off: boolean): void {
  if (room.link && room.stage.camera) room.link.setMicOff(off)
  else room.stage.camera?.setMuted(off)
}
function setCameraOff(room: LiveRoom, off: boolean): void {
  if (room.link && room.stage.camera) room.link.setCameraOff(off)
  else room.stage.camera?.setCameraOn(!off)
}

/** The methods for the page: the component has them among its own. */
export const methods = {
  start(form: Partial<NewRoom> = {}) {
    const { conductor, settings } = own(this)
    const { room, ui } = conductor
    if (room.role === 'audience' || settings.roomId) return conductor.open(settings.roomId)
    return room.start(newRoomOf((this as unknown as Host).data, form, text(ui.lang, 'setup.untitled')))
  },
  stop() {
    const room = roomOf(this)
    return room.role === 'anchor' ? room.close() : room.leave()
  },
  pause() {
    const self = own(this)
    const room = roomOf(this)
    for (const player of playersOf(room)) player.pause()
    const { camera } = room.stage
    if (!camera || self.paused) return
    self.paused = { muted: camera.muted, cameraOn: camera.cameraOn }
    setMic(room, true)
    setCameraOff(room, true)
  },
  resume() {
    const self = own(this)
    const room = roomOf(this)
    for (const player of playersOf(room)) player.resume()
    if (!self.paused) return
    const { muted, cameraOn } = self.paused
    self.paused = null
    setMic(room, muted)
    setCameraOff(room, !cameraOn)
  },
  retry() {
    const { conductor } = own(this)
    return conductor.act(conductor.room.fault?.remedy === 'resume' ? 'resume' : 'retry')
  },
  openSettings() {
    return own(this).conductor.act('open-settings')
  },
  switchCamera() {
    roomOf(this).stage.camera?.flip()
  },
  setCamera(on: boolean) {
    setCameraOff(roomOf(this), !on)
  },
  setMuted(muted: boolean) {
    const room = roomOf(this)
    setMic(room, muted)
    room.stage.setMuted(muted)
  },
  sendText(line: string) {
    return roomOf(this).chat.send(line)
  },
  sendCustom(tag: string, data: unknown) {
    return roomOf(this).chat.sendCustom(tag, data)
  },
  async snapshot() {
    return (await roomOf(this).stage.camera?.lens.shoot()) ?? null
  },
  like(count = 1) {
    roomOf(this).like(count)
  },
  async requestLink() {
    await roomOf(this).link?.request()
  },
  async cancelLink() {
    await roomOf(this).link?.cancel()
  },
  async confirmLink() {
    await roomOf(this).link?.confirm()
  },
  async leaveLink() {
    await roomOf(this).link?.leave()
  },
  async respondLink(linkId: string, accept: boolean, reason?: string) {
    const { link, desk } = roomOf(this)
    if (desk?.requests.some((one) => one.link.linkId === linkId)) {
      await (accept ? desk.accept(linkId) : desk.reject(linkId, reason))
    } else if (link?.state.phase === 'invited' && link.state.linkId === linkId) {
      await (accept ? link.accept() : link.decline(reason))
    }
  },
  async invite(userId: string, name = '') {
    await roomOf(this).desk?.invite({ userId, name })
  },
  async kick(userId: string) {
    await roomOf(this).desk?.kick(userId)
  },
  async muteSeat(seat: number, { mic = false, camera = false }: { mic?: boolean; camera?: boolean }) {
    await roomOf(this).desk?.quiet(seat, { mic, camera })
  },
} satisfies LiveRoomMethods
