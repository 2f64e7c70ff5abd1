import { canvasTrack } from './canvas-track'
import { clockBlocks, clockGrid } from './clock-code'
import { speakers } from './speakers'
import { hold } from './tracks'

const BARS = ['#c8c8c8', '#c8c800', '#00c8c8', '#00c800', '#c800c8', '#c80000', '#0000c8']
const FPS = 30

/** What a machine without a camera shows: bars, a running clock and a label that says it is no camera. */
export function testCard(size: { width: number; height: number }, back: boolean): MediaStreamTrack {
  const { width, height } = size
  const unit = Math.min(width, height) / 20
  const colours = back ? [...BARS].reverse() : BARS
  return canvasTrack(size, FPS, (pen, frame) => {
    colours.forEach((colour, i) => {
      pen.fillStyle = colour
      pen.fillRect((i * width) / BARS.length, 0, width / BARS.length + 1, height)
    })
    pen.fillStyle = '#ffffffb0'
    const turn = (frame % (FPS * 4)) / (FPS * 4)
    pen.fillRect(turn * width - unit, 0, unit, height)
    pen.fillStyle = back ? '#10305c' : '#1b1b1f'
    pen.fillRect(0, height / 2 - 4 * unit, width, 8 * unit)
    pen.fillStyle = '#fff'
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.font = `600 ${1.1 * unit}px sans-serif`
    pen.fillText(
      back ? 'TEST CARD · BACK · no camera' : 'TEST CARD · no camera',
      width / 2,
      height / 2 - 2 * unit,
      width,
    )
    pen.font = `600 ${2.4 * unit}px monospace`
    pen.fillText(new Date().toISOString().slice(11, 22), width / 2, height / 2 + 1.4 * unit, width)
  })
}

/** The bench's source: time stamps in pixels, see clock-code. */
export function clockCard(size: { width: number; height: number }): MediaStreamTrack {
  const grid = clockGrid(size.width, size.height)
  return canvasTrack(size, FPS, (pen, frame) => {
    pen.fillStyle = `hsl(${(frame * 3) % 360} 60% 45%)`
    pen.fillRect(0, 0, size.width, size.height)
    clockBlocks(Date.now()).forEach((white, i) => {
      const at = grid[i]
      if (!at) return
      pen.fillStyle = white ? '#fff' : '#000'
      pen.fillRect(at.x - at.w / 2, at.y - at.h / 2, at.w + 1, at.h + 1)
    })
  })
}

/** A quiet tone that swells once a second, for machines without a microphone; it is never silent, like somebody who talks. */
export function testTone(): MediaStreamTrack {
  const context = speakers.context()
  const tone = new OscillatorNode(context, { frequency: 440 })
  const swell = new OscillatorNode(context, { frequency: 1 })
  const gain = new GainNode(context, { gain: 0.045 })
  const depth = new GainNode(context, { gain: 0.03 })
  const out = context.createMediaStreamDestination()
  swell.connect(depth).connect(gain.gain)
  tone.connect(gain).connect(out)
  tone.start()
  swell.start()
  const [track] = out.stream.getAudioTracks()
  if (!track) throw new Error('this browser cannot make a tone')
  const stop = track.stop.bind(track)
  track.stop = () => {
    stop()
    tone.stop()
    swell.stop()
    gain.disconnect()
  }
  return hold(track)
}
