import type { Kit } from '../../../miniprogram/stores/kit'
import { createLiveKit } from '../../../miniprogram/stores/live-kit'
import type { LiveRoom, Role } from '../../../miniprogram/stores/live-room/live-room'
import type { RtcRoom } from '../../../miniprogram/stores/rtc-room/rtc-room'
import { ServerClock } from '../../../miniprogram/stores/server-clock'
import { FakeChatServer, FakeMessenger } from './chat-server'
import { FakeClock } from './clock'
import { FakeDevice } from './device'
import { FakePusherTag } from './media-tags'
import { FakePictures } from './pictures'
import { FakeRoomService } from './room-service'
import { FakeScreen, type MainTag } from './screen'

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

  /** A viewer's room with the tags on its screen; a picture comes after 100 ms, and so does the proof of a push. */
  viewer(): { room: LiveRoom; tag: MainTag; screen: FakeScreen } {
    const room = this.open('audience')
    const screen = new FakeScreen(room.stage, this.world, room.link?.camera.publisher ?? null)
    return { room, tag: screen.main, screen }
  }

  /** A call with the tags on its screen, in the same world. */
  caller(): { room: RtcRoom; tag: FakePusherTag; screen: FakeScreen } {
    const room = this.kit.openRtcRoom()
    const screen = new FakeScreen(room.stage, this.world, room.publisher)
    const { pusher: tag } = screen
    if (!tag) throw new Error('everybody in a call has a camera')
    return { room, tag, screen }
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
