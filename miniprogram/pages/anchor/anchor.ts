import { goBack, roomIdOf } from '../query'

/** Makes a show. `?roomId=` goes on with one that is still open. */
Page({
  data: { ready: false, roomId: '' },
  onLoad(query: Record<string, string | undefined>) {
    this.setData({ ready: true, roomId: roomIdOf(query) })
  },
  exit() {
    goBack()
  },
})
