import { text } from '../../locales/index'
import type { Snapshot } from '../../stores/media/handles'
import type { NewCall, RtcRoom } from '../../stores/rtc-room/rtc-room'
import type { Given } from '../room/given'
import { own } from './instance'
import { newCallOf } from './settings'

/** What a page can call: `this.selectComponent('#call')`. The table in the documents is made from these comments. */
export interface RtcRoomMethods {
  /**
   * Opens a call; what `form` leaves out is taken from the properties. With `room-id` it comes into that call, which the
   * component does by itself as soon as it knows `room-id`. Resolves when the server has answered; what went wrong is told by
   * `error`.
   */
  start(form?: Partial<NewCall>): Promise<void>
  /** Hangs up. Camera and microphone are off at once; for the last one out the call is over. */
  stop(): Promise<void>
  /** The person who opened the call ends it for everybody. */
  end(): Promise<void>
  /** Nothing is played here, and one's own camera and microphone send nothing; the call and the chat go on. */
  pause(): void
  /** Plays again, and gives camera and microphone back as they were. */
  resume(): void
  /** On hold: the others are told, and neither hear nor see this user, nor he them. */
  hold(on: boolean): void
  /** Asks to speak, which all others see. */
  raiseHand(up: boolean): void
  /** Does again what the last `error` stopped; comes back to the call where its `remedy` is `resume`. */
  retry(): Promise<void>
  /** Opens the settings page of the platform, then tries again. */
  openSettings(): Promise<void>
  /** Front or back. */
  switchCamera(): void
  /** One's own camera; off, the others still hear. */
  setCamera(on: boolean): void
  /** One's own microphone. */
  setMuted(muted: boolean): void
  /** A line for everybody, at most 200 characters. Resolves with false when it was not taken; one that is lost later comes again by `text`. */
  sendText(line: string): Promise<boolean>
  /** `data` (JSON of at most 1,024 bytes) for everybody here, under a tag of at most 32 of `a-z 0-9 . _ -`; `custom` tells it. Resolves with false when it was not taken or not delivered. */
  sendCustom(tag: string, data: unknown): Promise<boolean>
  /** A still of one's own picture: a temporary file and its size in px (0: unknown); null when there is none to be had. */
  snapshot(): Promise<Snapshot | null>
  /** The person who opened the call sends somebody off, by the `userId` of `people`. */
  kick(userId: string): Promise<void>
  /** He turns a person's microphone or camera off, by the `seat` of `people`, or lets him decide again. */
  muteSeat(seat: number, off: { mic?: boolean; camera?: boolean }): Promise<void>
}

const roomOf = (instance: unknown): RtcRoom => own(instance).conductor.room

/** The methods for the page: the component has them among its own. */
export const methods = {
  start(form: Partial<NewCall> = {}) {
    const { conductor, settings } = own(this)
    const { room, ui } = conductor
    if (settings.roomId || settings.ringId) return conductor.open(settings.roomId, settings.ringId)
    ui.left = false
    return room.start(newCallOf((this as unknown as { data: Given }).data, form, text(ui.lang, 'call.untitled')))
  },
  stop() {
    return own(this).conductor.leave()
  },
  end() {
    return roomOf(this).close()
  },
  pause() {
    const self = own(this)
    const room = roomOf(this)
    for (const { media } of room.stage.tiles) if (media.kind === 'picture') media.playback.pause()
    if (self.paused) return
    const { muted, cameraOn } = room.publisher
    self.paused = { muted, cameraOn }
    room.setMicOff(true)
    room.setCameraOff(true)
  },
  resume() {
    const self = own(this)
    const room = roomOf(this)
    for (const { media } of room.stage.tiles) if (media.kind === 'picture') media.playback.resume()
    if (!self.paused) return
    const { muted, cameraOn } = self.paused
    self.paused = null
    room.setMicOff(muted)
    room.setCameraOff(!cameraOn)
  },
  hold(on: boolean) {
    roomOf(this).hold.setAway(on)
  },
  raiseHand(up: boolean) {
    roomOf(this).hold.setHand(up)
  },
  retry() {
    return own(this).conductor.act('retry')
  },
  openSettings() {
    return own(this).conductor.act('open-settings')
  },
  switchCamera() {
    roomOf(this).publisher.flip()
  },
  setCamera(on: boolean) {
    roomOf(this).setCameraOff(!on)
  },
  setMuted(muted: boolean) {
    roomOf(this).setMicOff(muted)
  },
  sendText(line: string) {
    return roomOf(this).chat.send(line)
  },
  sendCustom(tag: string, data: unknown) {
    return roomOf(this).chat.sendCustom(tag, data)
  },
  async snapshot() {
    return (await roomOf(this).publisher.lens.shoot()) ?? null
  },
  kick(userId: string) {
    return roomOf(this).desk.kick(userId)
  },
  muteSeat(seat: number, { mic = false, camera = false }: { mic?: boolean; camera?: boolean }) {
    return roomOf(this).desk.quiet(seat, { mic, camera })
  },
} satisfies RtcRoomMethods
