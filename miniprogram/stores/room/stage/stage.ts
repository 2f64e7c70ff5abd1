import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ViewerPlay } from '../../../protocol/actions'
import type { StagePlay } from '../../../protocol/link'
import type { RoomView } from '../../../protocol/room'
import type { Sender } from '../../media/plane'
import type { PlaybackEvent, Source } from '../../media/playback-model'
import type { Publisher } from '../../media/publisher'
import type { RetryPlan } from '../../retry-plan'
import type { Scope } from '../../scope'
import type { RoomFault } from '../fault'
import type { Truth, Visit } from '../visit'
import { Floor } from './floor'
import type { Picture } from './picture'
import { Pictures } from './pictures'
import { placesOf } from './places'
import type { Place, Slot, Stage, Tile } from './types'
import { isIncomplete, type KnownPlay, known, type Sources, seated, type Wanted, wantedOf } from './wanted'

/** Pictures at once that any phone draws, and people beyond them who are heard all the same: more players was never seen. */
const LIMIT = 6
const VOICES = 2
/** When a stream breaks, a message about it is waited for this long (ms), so that a crowd does not ask all at once. */
const DOUBT_MS = { least: 400, spread: 1200 }
/** Everybody learns at once that there is another picture to watch, and asks for it within this time (ms). */
const CROWD_MS = 1200
/** Where a rival is seen is asked again after this (ms), if the server could not be asked. */
const RIVAL_AGAIN_MS = 3000

export interface StageDeps {
  scope: Scope
  retry: RetryPlan
  canShowMedia: boolean
  room(): RoomView | null
  visit(): Visit | null
  me(): string
  camera(): Publisher | null
  /** For an anchor: where the rival is seen, or ''. Rejects with RoomApiError. */
  rival: ((roomId: string) => Promise<string>) | null
  onFault(fault: RoomFault | null): void
  log(message: string): void
}

/** Who is on stage, from the room; and what draws them on this phone. */
export class RoomStage implements Stage {
  readonly limit = LIMIT

  private readonly pictures: Pictures
  private readonly floor: Floor
  private open = false
  private viewer: Sources['viewer'] = null
  private plays: readonly KnownPlay[] | null = null
  /** Those of `plays`, where they are told in a media room; null: the server tells. */
  private senders: readonly Sender[] | null = null
  private rival = ''
  private plain = false
  /** The page that was asked for; there may be fewer by now. */
  private turned = 0
  /** Something has changed since the server was last asked where to look. */
  private outdated = false
  /** The next answer has to bring every address anew. */
  private renew = false
  private asking: Promise<void> | null = null
  private doubting = false
  private rivalLater = () => {}

  constructor(private readonly deps: StageDeps) {
    const { scope, retry, log, onFault } = deps
    this.pictures = new Pictures(scope, {
      retry,
      log,
      ask: (picture) => this.ask(picture),
      gaveUp: ({ slot }) => {
        if (slot !== 'anchor' || this.plain) return
        this.plain = true
        this.arrange()
      },
      onDoubt: (picture) => this.doubt(picture),
      onFault: (picture, fault) => {
        if (this.plays === null && picture === this.pictures.of('anchor')) onFault(fault)
      },
    })
    makeObservable<RoomStage, 'plays' | 'turned' | 'others'>(this, {
      camera: computed,
      turned: observable,
      others: computed,
      page: computed,
      pages: computed,
      shown: computed,
      talking: computed,
      plays: observable.ref,
      places: computed,
      tiles: computed,
      mixed: computed,
    })
    this.floor = new Floor(scope, () => this.talking.filter((slot) => !this.isMe(slot)))
  }

  get places(): readonly Place[] {
    const room = this.deps.room()
    return room ? placesOf(room, this.deps.me()) : []
  }

  get shown(): readonly Place[] {
    const { others, perPage, page } = this
    const here = others.slice(page * perPage, (page + 1) * perPage)
    return this.places.filter((place) => !others.includes(place) || here.includes(place))
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.others.length / this.perPage))
  }

  get page(): number {
    return Math.min(this.turned, this.pages - 1)
  }

  get tiles(): readonly Tile[] {
    const { camera, pictures } = this
    const played: readonly Tile[] = pictures.all.filter(({ playback }) => playback.active)
    if (!camera?.active) return played
    const slot: Slot = this.places.find(({ me }) => me)?.slot ?? 'anchor'
    return [...played, { key: 'camera', slot, leaving: false, media: { kind: 'camera', publisher: camera } }]
  }

  get mixed(): boolean {
    if (this.plays !== null) return false
    const { all } = this.pictures
    const shown = all.find(({ slot, leaving }) => slot === 'anchor' && leaving) ?? this.main
    return shown?.wanted.mix ?? false
  }

  get talking(): readonly Slot[] {
    if (this.mixed) return []
    const silenced = this.places.filter(({ micOff, away }) => micOff || away).map(({ slot }) => slot)
    return this.tiles.flatMap(({ slot, leaving, media }) => {
      const { voice } = media.kind === 'camera' ? media.publisher : media.playback
      const muted = media.kind === 'camera' && media.publisher.muted
      return voice.talking && !leaving && !muted && !silenced.includes(slot) ? [slot] : []
    })
  }

  get speaker(): Slot | null {
    const { slot } = this.floor
    return this.places.some((place) => place.slot === slot) ? slot : null
  }

  /** The anchor's picture, or the mix. */
  get main(): Picture | null {
    return this.pictures.of('anchor')
  }

  get camera(): Publisher | null {
    return this.deps.camera()
  }

  setMuted(muted: boolean): void {
    this.pictures.setMuted(muted)
  }

  turn(page: number): void {
    runInAction(() => {
      this.turned = Math.min(Math.max(0, Math.floor(page) || 0), this.pages - 1)
    })
    this.arrange()
  }

  /** Those whom pages divide: not the main person, not the rival, not this user. */
  private get others(): readonly Place[] {
    return this.places.filter(({ me, slot }) => !me && slot !== 'anchor' && slot !== 'rival')
  }

  private isMe(slot: Slot): boolean {
    return this.places.some((place) => place.me && place.slot === slot)
  }

  private get perPage(): number {
    const onAll = this.places.filter(({ me, slot }) => !me && (slot === 'anchor' || slot === 'rival'))
    return LIMIT - onAll.length
  }

  // ---- for the room

  /** We are in: `viewer` is what somebody who watches plays, `onStage` says that this one does not only watch. */
  begin(viewer: ViewerPlay | null, onStage: boolean): void {
    this.open = this.deps.canShowMedia
    this.viewer = viewer && { play: viewer, mix: this.deps.room()?.mixed ?? false }
    this.setPlays(onStage ? [] : null)
    this.floor.begin()
    this.arrange()
    this.askRival()
    this.catchUp(0)
  }

  /** The version to ask the server with: 0 has every address signed anew. */
  version(known: number): number {
    const room = this.deps.room()
    const missing = room !== null && this.isMissing(room)
    const version = this.renew || missing ? 0 : known
    this.renew = false
    return version
  }

  changed(room: RoomView, before: RoomView): void {
    if (this.senders) this.setPlays(seated(room, this.senders))
    const moved = room.epoch !== before.epoch
    const other = room.mixed !== before.mixed || room.pk?.state !== before.pk?.state
    this.outdated ||= moved || other
    this.arrange()
    this.askRival()
    this.catchUp(moved || this.plays ? 0 : CROWD_MS * this.deps.scope.clock.random())
  }

  answered({ play, stage, version }: Truth): void {
    const room = this.deps.room()
    if (!room) return
    const current = version === undefined || version >= room.version
    if (play) {
      // An answer from before the last change may name either picture; the next one will tell.
      this.viewer = { play, mix: current ? room.mixed : (this.viewer?.mix ?? false) }
      if (current) this.outdated = false
    }
    if (stage && this.plays && !this.senders) this.setPlays(known(room, stage))
    this.arrange()
  }

  /** This user is on stage, and sees the others by `plays`; null: he only watches again. */
  go(plays: readonly StagePlay[] | null): void {
    const room = this.deps.room()
    this.senders = null
    this.setPlays(plays && room && known(room, plays))
    if (!plays) this.outdated = true
    this.plain = false
    this.arrange()
    this.catchUp(0)
  }

  /** These are in the media room by now, and nobody else. */
  meet(senders: readonly Sender[]): void {
    const room = this.deps.room()
    if (!room) return
    this.senders = senders
    this.setPlays(seated(room, senders))
    this.arrange()
  }

  dispatch(happening: Extract<PlaybackEvent, { type: 'hide' | 'show' | 'online' | 'again' }>): void {
    this.pictures.dispatch(happening)
  }

  /** Everything off, and nothing kept. */
  release(): void {
    this.open = false
    this.floor.end()
    this.viewer = null
    this.setPlays(null)
    this.senders = null
    this.rival = ''
    this.plain = false
    this.outdated = false
    this.asking = null
    this.pictures.want([])
    this.turn(0)
  }

  private setPlays(plays: readonly KnownPlay[] | null): void {
    runInAction(() => {
      this.plays = plays
    })
  }

  private wanted(): Wanted[] {
    const room = this.deps.room()
    if (!room || !this.open) return []
    const { plays, viewer, plain } = this
    const rival = this.rival || (viewer?.play.rival?.flv ?? '')
    return wantedOf({ room, me: this.deps.me(), plays, viewer, rival, plain })
  }

  private arrange(): void {
    if (!this.open) return
    const drawn = this.shown.map(({ slot }) => slot)
    const wanted = this.wanted()
    const here = wanted.filter(({ slot }) => drawn.includes(slot))
    const beyond = wanted.filter(({ slot }) => !drawn.includes(slot))
    this.pictures.want([...here, ...beyond].slice(0, LIMIT + VOICES))
  }

  /** Asks the server once more if nobody has brought by then what is missing. */
  private catchUp(inMs: number): void {
    this.deps.scope.after(inMs, () => {
      const room = this.deps.room()
      const missing = room !== null && this.isMissing(room)
      if (this.open && (missing || this.outdated)) this.deps.visit()?.loop.now()
    })
  }

  private isMissing(room: RoomView): boolean {
    return !this.senders && isIncomplete({ room, me: this.deps.me(), plays: this.plays })
  }

  private askRival(): void {
    const { rival, room, scope } = this.deps
    const show = room()
    if (!rival || !show || !this.open) return
    if (show.pk?.state !== 'on') {
      this.rival = ''
      this.arrange()
      return
    }
    const { pkId } = show.pk
    scope.guard(rival(show.roomId)).then(
      (address) => {
        if (room()?.pk?.pkId !== pkId) return
        this.rival = address
        this.arrange()
      },
      () => {
        this.rivalLater()
        this.rivalLater = scope.after(RIVAL_AGAIN_MS, () => this.askRival())
      },
    )
  }

  /** What the server says now about this picture. Who has left by then has no picture any more, and nobody hears of it (P26). */
  private async ask(picture: Picture): Promise<Source> {
    const { visit, rival } = this.deps
    const { slot } = picture
    const here = visit()
    if (!here) throw new Error('no room to look at')
    await this.fresh(here)
    if (slot === 'rival' && rival) this.rival = await rival(here.roomId)
    this.arrange()
    const wanted = this.wanted().find((each) => each.slot === slot)
    return { address: wanted?.address ?? '', live: wanted?.live ?? false }
  }

  /** Pictures that break together ask together. */
  private fresh(visit: Visit): Promise<void> {
    if (this.asking) return this.asking
    this.renew = true
    const asking = visit.ask().finally(() => {
      if (this.asking === asking) this.asking = null
    })
    this.asking = asking
    return asking
  }

  /** Still live as far as we know, and still no picture: the message was lost, or came before we had joined the group. */
  private doubt(picture: Picture): void {
    const { scope, room, visit } = this.deps
    if (this.doubting) return
    this.doubting = true
    scope.after(DOUBT_MS.least + DOUBT_MS.spread * scope.clock.random(), () => {
      this.doubting = false
      if (!picture.seen && picture.playback.active && room()?.state === 'live') visit()?.loop.now()
    })
  }
}
