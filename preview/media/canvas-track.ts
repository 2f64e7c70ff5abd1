import { hold } from './tracks'

/** A drawn picture as a camera track: `draw` is called `fps` times a second until the track is stopped. */
export function canvasTrack(
  size: { width: number; height: number },
  fps: number,
  draw: (pen: CanvasRenderingContext2D, frame: number) => void,
): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), size)
  const pen = canvas.getContext('2d', { alpha: false })
  const [track] = canvas.captureStream(fps).getVideoTracks()
  if (!pen || !track) throw new Error('this browser cannot capture a canvas')
  let frame = 0
  draw(pen, frame)
  const timer = setInterval(() => {
    // stop() by whoever holds the track fires no event, so the state is asked.
    if (track.readyState === 'ended') return clearInterval(timer)
    draw(pen, ++frame)
  }, 1000 / fps)
  return hold(track)
}
