import { text } from '../../locales/index'
import { contextOf, roomPart } from '../shared/room-part'

/**
 * The few controls that nobody can do without, for a phone whose native pictures lie over everything (same-layer rendering
 * has failed, P49): only cover-views are seen there, so no icon, no sheet and no dialog. Fires `exit` for a viewer's way out;
 * an anchor's asks once more in its own words.
 */
Component({
  behaviors: [
    roomPart(({ room, ui }) => ({
      camera: () => room.stage.camera !== null,
      micLabel: () => text(ui.lang, room.stage.camera?.muted ? 'device.unmute' : 'device.mute'),
      flipLabel: () => text(ui.lang, room.stage.camera?.facing === 'back' ? 'device.flipFront' : 'device.flipBack'),
      leaveLabel: () => text(ui.lang, room.endsByLeaving ? 'room.end' : 'room.leave'),
      sureLabel: () => text(ui.lang, 'confirm.endTitle'),
    })),
  ],
  data: { camera: false, micLabel: '', flipLabel: '', leaveLabel: '', sureLabel: '', sure: false },
  methods: {
    mute() {
      const { camera } = contextOf(this).room.stage
      camera?.setMuted(!camera.muted)
    },
    flip() {
      contextOf(this).room.stage.camera?.flip()
    },
    leave() {
      const { room } = contextOf(this)
      if (!room.endsByLeaving) this.triggerEvent('exit')
      else if (this.data.sure) room.close()
      this.setData({ sure: !this.data.sure })
    },
  },
})
