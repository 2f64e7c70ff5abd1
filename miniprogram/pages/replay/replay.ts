import { partsOf, type ReplayPart } from '../../components/replay-player/parts'
import { localeOf } from '../../locales/index'
import { useKit } from '../../stores/kit'
import { goBack, recordingIdOf } from '../query'

/** Plays one recording of the list: `?recordingId=`. Who comes by a link that is not in it any more is shown the list. */
Page({
  data: { parts: [] as ReplayPart[], heading: '', top: 0 },
  onLoad(query: Record<string, string | undefined>) {
    const { session, device } = useKit()
    const wanted = recordingIdOf(query)
    const found = session.recordings.items.find(({ recordingId }) => recordingId === wanted)
    if (!found) {
      wx.redirectTo({ url: '/pages/replays/replays' })
      return
    }
    const { safeArea, statusBarHeight } = device.layout()
    const top = Math.max(safeArea.top, statusBarHeight)
    this.setData({ parts: partsOf([found], localeOf()), heading: found.title, top })
  },
  close() {
    goBack()
  },
})
