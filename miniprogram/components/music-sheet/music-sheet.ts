import { formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import { REVERBS, type Reverb } from '../../stores/media/looks'
import type { Publisher } from '../../stores/media/publisher'
import { cameraOf, onCamera } from '../shared/own-camera'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

type Tap<D extends Record<string, unknown>> = WechatMiniprogram.TouchEvent<never, never, D>
type Slider = WechatMiniprogram.SliderChange

function tracksOf(lang: Locale, { music }: Publisher) {
  return music.tracks.map(({ name, url }, index) => {
    const here = music.current?.url === url
    const playing = here && !music.paused
    const label = text(lang, playing ? 'music.pauseTrack' : 'music.playTrack', { name })
    return { index, name, here, icon: playing ? 'pause' : 'play', label }
  })
}

function timeOf({ music }: Publisher) {
  const { positionMs, durationMs, current } = music
  if (!current || durationMs === 0) return { words: '', part: 0 }
  const words = `${formatDuration(positionMs)} / ${formatDuration(durationMs)}`
  return { words, part: Math.min(100, Math.round((positionMs / durationMs) * 100)) }
}

/** Background music that everybody hears, how loud it and one's own voice are, and how the voice sounds. */
Component({
  behaviors: [
    texts({
      title: 'device.sound',
      none: 'music.none',
      failed: 'music.failed',
      stop: 'music.stop',
      volume: 'music.volume',
      voice: 'music.voice',
      effect: 'music.effect',
    }),
    roomPart((context) => {
      const { ui } = context
      const camera = () => cameraOf(context)
      const music = () => camera()?.music
      music()?.setTracks(ui.tracks)
      const percent = (key: 'music.volume' | 'music.voice', n: number) =>
        text(ui.lang, 'music.percent', { name: text(ui.lang, key), n })
      return {
        lang: () => ui.lang,
        tracks: () => {
          const own = camera()
          return own ? tracksOf(ui.lang, own) : []
        },
        time: () => {
          const own = camera()
          return own ? timeOf(own) : { words: '', part: 0 }
        },
        active: () => music()?.current != null,
        failed: () => music()?.failed ?? false,
        volume: () => music()?.volume ?? 0,
        voice: () => music()?.voice ?? 0,
        volumeLabel: () => percent('music.volume', music()?.volume ?? 0),
        voiceLabel: () => percent('music.voice', music()?.voice ?? 0),
        effects: () =>
          REVERBS.map((id) => {
            const name = text(ui.lang, `reverb.${id}`)
            const chosen = camera()?.looks.reverb === id
            return { id, name, chosen, label: chosen ? text(ui.lang, 'quality.selected', { name }) : name }
          }),
      }
    }),
  ],
  data: {
    lang: '',
    tracks: [] as ReturnType<typeof tracksOf>,
    time: { words: '', part: 0 },
    active: false,
    failed: false,
    volume: 0,
    voice: 0,
    volumeLabel: '',
    voiceLabel: '',
    effects: [] as { id: Reverb; name: string; chosen: boolean; label: string }[],
  },
  methods: {
    toggle(e: Tap<{ index: number }>) {
      onCamera(this, ({ music }) => {
        const track = music.tracks[e.currentTarget.dataset.index]
        if (!track) return
        if (music.current?.url !== track.url) music.play(track)
        else if (music.paused) music.resume()
        else music.pause()
      })
    },
    stop() {
      onCamera(this, ({ music }) => music.stop())
    },
    setVolume(e: Slider) {
      onCamera(this, ({ music }) => music.setVolume(e.detail.value))
    },
    setVoice(e: Slider) {
      onCamera(this, ({ music }) => music.setVoice(e.detail.value))
    },
    chooseEffect(e: Tap<{ id: Reverb }>) {
      const { id } = e.currentTarget.dataset
      onCamera(this, ({ looks }) => REVERBS.includes(id) && looks.setReverb(id))
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
