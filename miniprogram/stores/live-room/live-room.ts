import type { Input } from '../../protocol/actions'
import { LIMITS, lengthOf } from '../../protocol/limits'
import type { Pictures } from '../../services/pictures/port'
import type { Playback } from '../media/playback'
import type { Publisher } from '../media/publisher'
import type { StageDesk } from '../room/desk/types'
import { fault, type RoomFault } from '../room/fault'
import { named, Room, type RoomDeps } from '../room/room'
import type { RoomStage } from '../room/stage/stage'
import { castOf } from './cast'
import { CoverPicture } from './cover-picture'
import type { Appointments } from './event/appointments'
import { EventShow } from './event/event-show'
import { Latency } from './latency'
import { Likes } from './likes'
import { LikesLink } from './likes-link'
import type { ViewerLink } from './link/link-mic'
import { Pk } from './pk/pk'
import { Replays } from './replays'
import { Tally } from './tally'

export type { Phase } from '../room/status'
export type Role = 'anchor' | 'audience'

/** What an anchor decides about a room before it is opened; the server has a word for what is left out. */
export type NewRoom = Pick<Input<'create'>, 'title' | 'cover' | 'notice' | 'tags' | 'seats' | 'lowLatency' | 'record'>

export interface LiveRoomDeps extends RoomDeps {
  /** Null where no picture can be uploaded. */
  pictures: Pictures | null
  appointments: Appointments
}

/** One live show on one phone: an anchor's, or that of somebody who watches. */
export class LiveRoom extends Room {
  /** The anchor's camera; null for the audience. */
  readonly publisher: Publisher | null
  readonly likes: Likes
  /** A picture for the cover of the show to come; null for the audience, and where there are none. */
  readonly picture: CoverPicture | null = null
  readonly stage: RoomStage
  /** A viewer's way to the stage; null for the anchor, whose stage it is. */
  readonly link: ViewerLink | null
  /** The stage in the hands of the anchor and the admins. */
  readonly desk: StageDesk
  /** Two shows side by side. */
  readonly pk: Pk
  /** Watching without delay, where the room has places for it. */
  readonly latency: Latency
  /** What an official show has besides: the time before it. */
  readonly event: EventShow
  /** What was recorded of it, once it is over. */
  readonly replays: Replays
  /** What only this phone has counted. */
  readonly tally: Tally

  constructor(
    readonly role: Role,
    deps: LiveRoomDeps,
  ) {
    super(deps)
    const { scope, session, api, pictures } = deps
    const { truth } = this
    const me = () => this.me
    const serverNow = () => session.now()
    this.pk = new Pk({ scope, api, truth, mine: role === 'anchor' })
    this.latency = new Latency({ api, truth })
    this.event = new EventShow({ scope, truth, appointments: deps.appointments, serverNow })
    this.replays = new Replays({ scope, api, truth, serverNow })
    this.tally = new Tally(this.chat)
    this.likes = new Likes(scope)
    const cast = castOf(role, {
      ...deps,
      onFault: (media) => this.attendance.mediaFault(media),
      room: () => truth.room,
      visit: () => this.attendance.visit,
      me,
    })
    this.stage = cast.stage
    this.desk = cast.desk
    this.link = cast.link
    this.publisher = cast.publisher
    if (role === 'anchor' && pictures) this.picture = new CoverPicture({ scope, pictures, session })
    const likes = new LikesLink({ likes: this.likes, api, me })
    const standing = [this.pk, this.event, this.replays, this.tally, cast.desk, likes]
    this.assemble({
      side: cast.side,
      parts: cast.link ? [...standing, this.latency, cast.link] : standing,
      greets: role === 'audience',
    })
  }

  get endsByLeaving(): boolean {
    return this.role === 'anchor'
  }

  /** What the audience watches while it is in a room: the anchor, or the mix. */
  get playback(): Playback | null {
    return this.role === 'anchor' ? null : (this.stage.main?.playback ?? null)
  }

  /** Anchor: asks for privacy, microphone and camera in this order and shows the preview. */
  prepare(): Promise<void> {
    return this.preview()
  }

  /** Anchor: opens the room and pushes, once the picture for its cover has arrived. */
  start(room: NewRoom): Promise<void> {
    const name = room.title.trim()
    return this.act('open', async () => {
      if (name === '' || lengthOf(name) > LIMITS.titleMax) {
        this.status.setFault(fault('bad-input'))
        return
      }
      const arriving = this.picture?.file()
      const coverFile = arriving ? await arriving : ''
      if (coverFile === null) return
      const form = { ...room, title: name, ...(coverFile && { coverFile }) }
      const requestId = this.requestIds.of(JSON.stringify(form))
      await this.attendance.open(async () => {
        const admission = await this.deps.api.call('create', { ...form, requestId })
        this.requestIds.done()
        return admission
      })
    })
  }

  /** Anchor: goes on with a show left running here or on another device. */
  resumeShow(roomId: string): Promise<void> {
    return this.act('open', () => this.attendance.open(() => named(this.deps.api.call('resume', { roomId }))))
  }

  /** Anchor: ends the show. Camera and microphone are off at once, the figures come with the answer. */
  close(): Promise<void> {
    if (this.role !== 'anchor' || this.deps.scope.ended) return Promise.resolve()
    this.attendance.closing = true
    this.side.release()
    // A start that waits for the picture does not go on.
    this.picture?.remove()
    return this.inFlight.join('close', async () => {
      // A page that is left takes the model along: where nothing is waited for, the server is told before that.
      if (this.inFlight.has('open')) await this.inFlight.of('open')
      const { room } = this
      if (this.status.stage === 'open' && room) {
        try {
          const closed = await this.deps.api.call('close', { roomId: room.roomId })
          this.truth.setSummary(closed.summary)
        } catch {
          // A server that cannot be reached closes the room when the grace is over.
        }
      }
      if (this.status.stage !== 'failed' && !this.deps.scope.ended) this.attendance.finish()
    })
  }

  /**
   * Audience: everything for the first frame in one call. From another room it goes straight over. `lowLatency` asks for one
   * of the few places with a picture without delay; without one, and where it does not work, the picture is the ordinary one.
   */
  async enter(roomId: string, { lowLatency = false } = {}): Promise<void> {
    if (this.goodbye.roomId === roomId && this.status.stage === 'open') return
    if (this.goodbye.roomId !== '' && this.goodbye.roomId !== roomId) void this.leave()
    return this.act('open', () => {
      this.goodbye.roomId = roomId
      return this.attendance.open(() =>
        named(this.deps.api.call('enter', { roomId, ...(lowLatency && { lowLatency }) })),
      )
    })
  }

  /** Audience. */
  async leave(): Promise<void> {
    if (this.role === 'audience') this.goOut()
  }

  /** Hearts of this user. */
  like(n = 1): void {
    this.likes.tap(n)
  }

  protected override get problem(): RoomFault | null {
    return this.link?.problem ?? null
  }

  protected override otherwise(stopped: RoomFault | null) {
    if (!stopped) return this.link?.problem ? () => this.link?.again() : null
    if (stopped.code === 'already-live') return () => this.resumeShow(stopped.roomId)
    return stopped.code === 'superseded' ? () => this.resumeShow(this.truth.room?.roomId ?? '') : null
  }
}
