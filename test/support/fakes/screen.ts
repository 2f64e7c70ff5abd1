import { autorun } from 'mobx-miniprogram'
import type { Publisher } from '../../../miniprogram/stores/media/publisher'
import type { RoomStage } from '../../../miniprogram/stores/room/stage/stage'
import type { FakeClock } from './clock'
import { FakePlayerTag, FakePusherTag, type Manner } from './media-tags'
import type { FakeRoomService } from './room-service'

/** The world around a phone, as its tags need it. */
export interface Streaming {
  readonly clock: FakeClock
  readonly service: FakeRoomService
}

/** What the viewer looks at, whichever tag that is by now; all of them have the same manners. */
export class MainTag {
  readonly done: string[] = []
  private own: Pick<FakePlayerTag, 'manner' | 'reason'> = { manner: 'answers', reason: 'refused by the test' }

  constructor(private readonly tags: () => readonly FakePlayerTag[]) {}

  get manner(): Manner {
    return this.own.manner
  }
  set manner(manner: Manner) {
    this.own = { ...this.own, manner }
    for (const tag of this.tags()) this.teach(tag)
  }
  set reason(reason: string) {
    this.own = { ...this.own, reason }
    for (const tag of this.tags()) this.teach(tag)
  }
  get mounted(): boolean {
    return this.tags().at(-1)?.mounted ?? false
  }
  get playing(): string | null {
    return this.tags().at(-1)?.playing ?? null
  }
  /** It stops by itself. */
  set playing(playing: null) {
    const tag = this.tags().at(-1)
    if (tag) tag.playing = playing
  }

  teach(tag: FakePlayerTag): void {
    Object.assign(tag, this.own)
  }
}

/** A phone's stage: a tag for every tile, by its key, mounted and taken out as the template does it. */
export class FakeScreen {
  readonly players = new Map<string, FakePlayerTag>()
  /** The camera of whoever may come on stage. */
  readonly pusher: FakePusherTag | null
  readonly main: MainTag
  /** Whether what is played at this address comes. */
  plays: (src: string) => boolean = () => true
  private readonly stop: () => void

  constructor(
    private readonly stage: RoomStage,
    private readonly world: Streaming,
    publisher: Publisher | null,
  ) {
    const { clock, service } = world
    const pusher = publisher ? new FakePusherTag(publisher) : null
    this.pusher = pusher
    if (pusher && publisher) {
      pusher.onPush = (url) => {
        clock.after(100, () => {
          if (pusher.pushing === url && service.streamStarted(url)) publisher.onCode(1002)
        })
      }
    }
    this.main = new MainTag(() => [...this.players].filter(([key]) => key.startsWith('anchor')).map(([, tag]) => tag))
    this.stop = autorun(() => this.mount())
  }

  /** The page is gone. */
  destroy(): void {
    this.stop()
    this.pusher?.destroy()
    for (const tag of this.players.values()) tag.destroy()
  }

  /** What is played right now, by key. */
  get playing(): Record<string, string> {
    const running = [...this.players].filter(([, { mounted, playing }]) => mounted && playing)
    return Object.fromEntries(running.map(([key, { playing }]) => [key, (playing ?? '').split('?')[0] ?? '']))
  }

  private mount(): void {
    for (const { key, media } of this.stage.tiles) {
      if (media.kind !== 'picture' || this.players.has(key)) continue
      const tag = new FakePlayerTag(media.playback)
      if (key.startsWith('anchor')) this.main.teach(tag)
      tag.onPlay = (src) => {
        if (key.startsWith('anchor')) this.main.done.push('play')
        this.world.clock.after(100, () => {
          if (tag.playing === src && this.plays(src)) media.playback.onCode(2004)
        })
      }
      this.players.set(key, tag)
    }
  }
}
