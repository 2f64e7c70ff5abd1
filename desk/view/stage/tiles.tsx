import { useEffect, useRef } from 'preact/hooks'
import type { Playback } from '../../../miniprogram/stores/media/playback'
import type { Publisher } from '../../../miniprogram/stores/media/publisher'
import type { Inputs } from '../../media/inputs'
import { connectCamera } from '../../media/own-camera'
import { connectPicture } from '../../media/picture'
import type { TrtcRoom } from '../../media/trtc/trtc-room'
import { observed } from '../observed'
import { useWords } from '../use-words'

interface CameraTileProps {
  publisher: Publisher
  inputs: Inputs
  trtc: TrtcRoom | null
}

/** One's own camera, or the screen in its place. */
export const CameraTile = observed<CameraTileProps>(({ publisher, inputs, trtc }) => {
  const { t, d } = useWords()
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) return connectCamera(publisher, inputs, video.current, trtc)
  }, [publisher, inputs, trtc])
  const shape = inputs.sharing ? 'whole' : publisher.orientation === 'vertical' ? 'standing' : 'lying'
  const off = !publisher.cameraOn && !inputs.sharing
  return (
    <div class={`media camera ${shape}`} data-state={publisher.state} data-talking={publisher.voice.talking}>
      {/* biome-ignore lint/a11y/useMediaCaption: one's own picture, live and without sound. */}
      <video ref={video} aria-label={t('room.stageSelf')} />
      {off && <p class="instead">{t('room.selfAudioOnly')}</p>}
      {inputs.sharing && <p class="tag">{d('input.sharing')}</p>}
    </div>
  )
})

/** Somebody's picture. */
export const PictureTile = observed<{ playback: Playback; label: string }>(({ playback, label }) => {
  const { t } = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (video.current && canvas.current) {
      return connectPicture(playback, { video: video.current, canvas: canvas.current })
    }
  }, [playback])
  return (
    <div class="media picture" data-state={playback.state} data-talking={playback.voice.talking}>
      {/* biome-ignore lint/a11y/useMediaCaption: live people, whom nobody captions. */}
      <video ref={video} aria-label={label} />
      <canvas ref={canvas} role="img" aria-label={label} hidden />
      {playback.spinner && <span class="spinner" role="img" aria-label={t('room.buffering')} />}
    </div>
  )
})

/** Somebody's picture in a room of TRTC, whose SDK draws it. */
export const TrtcTile = ({ trtc, seat, userId }: { trtc: TrtcRoom; seat: number; userId: string }) => {
  const view = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (view.current) return trtc.show(seat, view.current)
  }, [trtc, seat, userId])
  return <div class="media picture" data-state="playing" ref={view} />
}
