import { cameraOf, onCamera } from '../shared/own-camera'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** What one does with one's own camera and microphone at any moment; the rest is in the sheet behind `more`. */
Component({
  behaviors: [
    texts({
      bar: 'device.bar',
      flip: 'device.flip',
      flipFront: 'device.flipFront',
      flipBack: 'device.flipBack',
      mic: 'device.mic',
      mute: 'device.mute',
      unmute: 'device.unmute',
      camera: 'device.camera',
      cameraOff: 'device.cameraOff',
      cameraOn: 'device.cameraOn',
      beauty: 'device.beauty',
      beautyLabel: 'device.beautyLabel',
      more: 'device.more',
      moreLabel: 'device.moreLabel',
    }),
    roomPart((context) => ({
      facing: () => cameraOf(context)?.facing ?? 'front',
      muted: () => cameraOf(context)?.muted ?? false,
      cameraOn: () => cameraOf(context)?.cameraOn ?? true,
      voice: () => cameraOf(context)?.pureAudio ?? false,
      more: () => cameraOf(context)?.pureAudio !== true || cameraOf(context)?.music.offered === true,
    })),
  ],
  properties: {
    /** Side by side instead of one above the other. */
    row: { type: Boolean, value: false },
  },
  data: { facing: 'front', muted: false, cameraOn: true, voice: false, more: true },
  methods: {
    flip() {
      if (this.data.cameraOn) onCamera(this, (camera) => camera.flip())
    },
    mute() {
      onCamera(this, (camera) => camera.setMuted(!camera.muted))
    },
    camera() {
      onCamera(this, (camera) => camera.setCameraOn(!camera.cameraOn))
    },
    openBeauty() {
      contextOf(this).ui.open('beauty')
    },
    openMore() {
      contextOf(this).ui.open('devices')
    },
  },
})
