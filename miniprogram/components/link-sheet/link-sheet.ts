import { text } from '../../locales/index'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { BARE, doDeed, linkFaceOf } from '../link-bar/link-face'
import { needOf } from '../room/card'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { SecondHand } from '../shared/second-hand'
import { texts } from '../shared/texts'

/** One's own microphone or camera, as its button shows it. */
interface Device {
  off: boolean
  /** Turned off by those who decide: its holder cannot turn it on. */
  quieted: boolean
  label: string
}

function deviceOf({ room, ui }: RoomContext<LiveRoom>, what: 'mic' | 'camera'): Device {
  const camera = room.stage.camera
  const quieted = room.stage.places.find(({ me }) => me)?.quieted[what] ?? false
  const off = quieted || (what === 'mic' ? camera?.muted : camera?.cameraOn === false) || false
  const state = quieted ? 'quieted' : off ? 'on' : 'off'
  return { off, quieted, label: text(ui.lang, `link.${what}.${state}`) }
}

const BLANK: Device = { off: false, quieted: false, label: '' }

/** A viewer's panel of link-mic: what it is and how to ask; on stage one's own camera and microphone, and the way off. */
Component({
  behaviors: [
    texts({
      title: 'link.title',
      devices: 'link.off.devices',
      preview: 'link.off.preview',
      leaving: 'link.off.leave',
      impossible: 'link.impossible',
      mic: 'link.mic',
      camera: 'link.camera',
      flip: 'link.flip',
      flipLabel: 'link.flip.label',
      beauty: 'link.beauty',
      beautyLabel: 'link.beauty.label',
      close: 'common.close',
    }),
    roomPart<LiveRoom>((context, onEnd) => {
      const { room, kit, ui } = context
      const { link, stage } = room
      const second = new SecondHand(kit.clock, () => link !== null && 'endsAt' in link.state)
      onEnd(() => second.end())
      return {
        face: () => linkFaceOf(room, ui.lang, second),
        need: () => needOf(link?.problem ?? null),
        possible: () => link?.possible ?? false,
        busy: () => link?.busy ?? false,
        on: () => link?.state.phase === 'on',
        mic: () => deviceOf(context, 'mic'),
        camera: () => deviceOf(context, 'camera'),
        flippable: () => stage.camera?.cameraOn ?? false,
        voice: () => stage.camera?.pureAudio ?? false,
      }
    }),
  ],
  data: {
    face: BARE,
    need: '',
    possible: false,
    busy: false,
    on: false,
    mic: BLANK,
    camera: BLANK,
    flippable: false,
    voice: false,
  },
  pageLifetimes: {
    /** Back from the settings. A refused guideline must not be asked about again without a tap (P83). */
    show() {
      if (this.data.need && this.data.need !== 'privacy') this.again()
    },
  },
  methods: {
    main() {
      const { face, possible } = this.data
      if (face.main === 'request' && !possible) return
      doDeed(contextOf<LiveRoom>(this), face.main)
      // From here on one looks at oneself, not at a panel.
      if (face.main === 'accept' || face.main === 'confirm') this.close()
    },
    other() {
      const { other } = this.data.face
      doDeed(contextOf<LiveRoom>(this), other)
      if (other !== 'cancel') this.close()
    },
    toggleMic() {
      const { off, quieted } = this.data.mic
      if (!quieted) contextOf<LiveRoom>(this).room.link?.setMicOff(!off)
    },
    toggleCamera() {
      const { off, quieted } = this.data.camera
      if (!quieted) contextOf<LiveRoom>(this).room.link?.setCameraOff(!off)
    },
    flip() {
      if (this.data.flippable) contextOf<LiveRoom>(this).room.stage.camera?.flip()
    },
    beauty() {
      contextOf<LiveRoom>(this).ui.open('beauty')
    },
    /** What was missing has been allowed, or so the user says. */
    async again() {
      await contextOf<LiveRoom>(this).room.retry()
      this.allowed()
    },
    async settings() {
      await contextOf<LiveRoom>(this).room.openSettings()
      this.allowed()
    },
    /** Where nothing is missing any more, one looks at oneself again. */
    allowed() {
      const { room, ui } = contextOf<LiveRoom>(this)
      if (room.link && !room.link.problem && ui.sheet === 'link') ui.open(null)
    },
    close() {
      contextOf<LiveRoom>(this).ui.open(null)
    },
  },
})
