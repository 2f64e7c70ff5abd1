import type { Kit } from '../../../miniprogram/stores/kit'
import { createLiveKit } from '../../../miniprogram/stores/live-kit'
import type { LiveRoom, Role } from '../../../miniprogram/stores/live-room/live-room'
import { ServerClock } from '../../../miniprogram/stores/server-clock'
import { FakeChatServer, FakeMessenger } from './chat-server'
import { FakeClock } from './clock'
import { FakeDevice } from './device'
import { FakePlayerTag, FakePusherTag } from './media-tags'
import { FakePictures } from './pictures'
import { FakeRoomService } from './room-service'

/** A phone: its user's kit, over fakes. */
export class FakePhone {
  readonly device = new FakeDevice()
  readonly pictures = new FakePictures()
  readonly messenger: FakeMessenger
  readonly kit: Kit
  readonly logged: string[] = []

  constructor(
    readonly world: World,
    readonly user: string,
  ) {
    const { clock, chat, service } = world
    this.messenger = new FakeMessenger(chat)
    this.kit = createLiveKit({
      api: service.apiFor(user),
      messenger: this.messenger,
      device: this.device,
      pictures: this.pictures,
      clock,
      serverClock: new ServerClock(clock),
      log: (message) => this.logged.push(message),
    })
  }

  open(role: Role): LiveRoom {
    return this.kit.openLiveRoom({ role })
  }

  /** An anchor's room with its tag; a push is taken by the streaming cloud after 100 ms. */
  anchor(): { room: LiveRoom; tag: FakePusherTag } {
    const room = this.open('anchor')
    if (!room.publisher) throw new Error('an anchor has a publisher')
    const { publisher } = room
    const tag = new FakePusherTag(publisher)
    const { clock, service } = this.world
    tag.onPush = (url) => {
      clock.after(100, () => {
        if (tag.pushing === url && service.streamStarted(url)) publisher.onCode(1002)
      })
    }
    return { room, tag }
  }

  /** A viewer's room with its tag; a picture comes after 100 ms. */
  viewer(): { room: LiveRoom; tag: FakePlayerTag } {
    const room = this.open('audience')
    if (!room.playback) throw new Error('a viewer has a playback')
    const { playback } = room
    const tag = new FakePlayerTag(playback)
    tag.onPlay = (src) => {
      this.world.clock.after(100, () => {
        if (tag.playing === src) playback.onCode(2004)
      })
    }
    return { room, tag }
  }
}

/** Phones, a room service and a chat service that know each other, under one clock. */
export class World {
  readonly clock = new FakeClock()
  readonly chat = new FakeChatServer()
  readonly service = new FakeRoomService(this.clock, this.chat)

  phone(user: string): FakePhone {
    return new FakePhone(this, user)
  }
}
