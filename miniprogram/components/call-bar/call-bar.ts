import { reaction } from 'mobx-miniprogram'
import { text } from '../../locales/index'
import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** More lines than this are many. */
const MANY = 99

/** Lines of others that came while what people write was closed. */
function countUnread(instance: unknown, { room, ui }: RoomContext<RtcRoom>): () => void {
  const part = instance as { data: { unread: number }; setData(fields: { unread: number; chatLabel: string }): void }
  const show = (unread: number) =>
    part.setData({
      unread,
      chatLabel: unread > 0 ? text(ui.lang, 'call.chatNew', { n: unread }) : text(ui.lang, 'call.chat'),
    })
  show(0)
  const stop = room.chat.onBatch((lines, past) => {
    if (past || ui.talking) return
    const others = lines.filter((line) => line.kind === 'barrage' && !line.mine).length
    if (others > 0) show(Math.min(MANY, part.data.unread + others))
  })
  const opened = reaction(
    () => ui.talking,
    (talking) => talking && show(0),
  )
  return () => {
    stop()
    opened()
  }
}

/**
 * What one does in a call at any moment: microphone, camera, hand, chat, more, and the way out. What its owner has turned
 * off cannot be turned on, and says so. Fires `hangup`.
 */
Component({
  behaviors: [
    texts({
      bar: 'call.bar',
      mic: 'device.mic',
      mute: 'device.mute',
      unmute: 'device.unmute',
      camera: 'device.camera',
      cameraOff: 'device.cameraOff',
      cameraOn: 'device.cameraOn',
      flip: 'device.flip',
      flipFront: 'device.flipFront',
      flipBack: 'device.flipBack',
      hand: 'call.hand',
      handName: 'call.handName',
      handDown: 'call.handDown',
      chat: 'call.chat',
      more: 'device.more',
      hangUp: 'call.hangUp',
    }),
    roomPart<RtcRoom>(({ room, ui }) => {
      const camera = room.publisher
      const mine = () => room.stage.places.find(({ me }) => me)
      return {
        facing: () => camera.facing,
        muted: () => camera.muted,
        cameraOn: () => camera.cameraOn,
        voice: () => camera.pureAudio,
        away: () => room.hold.away,
        raised: () => room.hold.hand,
        alone: () => room.stage.places.length < 2,
        talking: () => ui.talking,
        noMic: () => mine()?.quieted.mic ?? false,
        noCamera: () => mine()?.quieted.camera ?? false,
      }
    }, countUnread),
  ],
  data: {
    facing: 'front',
    muted: false,
    cameraOn: true,
    voice: false,
    away: false,
    raised: false,
    alone: true,
    talking: false,
    noMic: false,
    noCamera: false,
    unread: 0,
    chatLabel: '',
  },
  methods: {
    mute() {
      const { room } = contextOf<RtcRoom>(this)
      if (!this.data.noMic) room.setMicOff(!room.publisher.muted)
    },
    camera() {
      const { room } = contextOf<RtcRoom>(this)
      if (!this.data.noCamera) room.setCameraOff(room.publisher.cameraOn)
    },
    flip() {
      const { publisher } = contextOf<RtcRoom>(this).room
      if (publisher.cameraOn) publisher.flip()
    },
    hand() {
      const { hold } = contextOf<RtcRoom>(this).room
      hold.setHand(!hold.hand)
    },
    chat() {
      const { ui } = contextOf(this)
      ui.talk(!ui.talking)
    },
    more() {
      contextOf(this).ui.open('call')
    },
    hangUp() {
      this.triggerEvent('hangup')
    },
  },
})
