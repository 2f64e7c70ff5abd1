import { ApiError } from '../api-error'
import type { MixLayer, MixRequest } from './request'

/** What a live input really has. */
export interface MixSource {
  audio: boolean
  video: boolean
  /** Pixels; 0 without a picture. */
  width: number
  height: number
}

/** What ffmpeg is to do. */
export interface MixPlan {
  width: number
  height: number
  /** The stream of each ffmpeg input, in order; a stream on two layers comes twice. */
  inputs: string[]
  /** For `-filter_complex`; its outputs are `[v]` and `[a]`. */
  filter: string
}

/** A place on the background, pixels. */
interface Box {
  width: number
  height: number
  x: number
  y: number
}

const even = (value: number): number => Math.max(2, Math.floor(value / 2) * 2)

/**
 * Turns a layout into a filter graph. Everything runs on one clock: inputs carry its time, and picture and sound begin at
 * `startSeconds`, so that what was recorded at the same moment stays together. The picture's rate is that of the canvas
 * below everything, which goes on whatever the inputs do; sound is filled with silence where an input has none.
 * @param sources the inputs that are live; layers of others are left out
 * @throws ApiError when the layout does not fit
 */
export function planMix(request: MixRequest, sources: ReadonlyMap<string, MixSource>, startSeconds: number): MixPlan {
  const background = backgroundSize(request, sources)
  const { width, height } = background
  const { fps, rate, layout } = { ...request.video, ...request.audio, layout: soundLayout(request.audio.channels) }
  const start = startSeconds.toFixed(3)
  const inputs: string[] = []
  const graph: string[] = []
  const sounds: string[] = []
  const canvas = (color: string, size: { width: number; height: number }): string =>
    `color=c=${color}:s=${size.width}x${size.height}:r=${fps},setpts=PTS+${start}/TB`

  const [lowest] = request.layers
  graph.push(`${canvas(lowest?.kind === 'canvas' ? lowest.color : '0x000000', background)}[p0]`)
  let pictures = 0
  const lay = (picture: string, { x, y }: Box): void => {
    graph.push(`${picture}[l${pictures}]`)
    graph.push(`[p${pictures}][l${pictures}]overlay=${x}:${y}:eof_action=repeat[p${pictures + 1}]`)
    pictures += 1
  }

  for (const layer of request.layers) {
    if (layer.kind === 'canvas') {
      const box = boxOf(layer, background, background)
      if (layer !== lowest) lay(canvas(layer.color, box), box)
      continue
    }
    const source = sources.get(layer.stream)
    if (!source) continue
    const index = inputs.push(layer.stream) - 1
    if (source.video && layer.kind !== 'audio') {
      const box = boxOf(layer, background, layer.crop ?? source)
      lay(`[${index}:v]${crop(layer, source)}${scaleTo(box, request.cropCenter)},setsar=1`, box)
    }
    if (source.audio && layer.kind !== 'video') {
      const firstSample = Math.round(startSeconds * rate)
      graph.push(
        // In two steps, because `first_pts` counts in samples of the rate before the filter.
        `[${index}:a]aresample=${rate},aresample=async=1:first_pts=${firstSample},aformat=channel_layouts=${layout}[s${sounds.length}]`,
      )
      sounds.push(`[s${sounds.length}]`)
    }
  }
  graph.push(`[p${pictures}]format=yuv420p[v]`)
  if (sounds.length === 0) graph.push(`anullsrc=r=${rate}:cl=${layout},asetpts=PTS+${start}/TB[a]`)
  else graph.push(`${sounds.join('')}amix=inputs=${sounds.length}:duration=longest:normalize=0[a]`)
  return { width, height, inputs, filter: graph.join(';') }
}

const soundLayout = (channels: number): string => (channels === 1 ? 'mono' : 'stereo')

/** The lowest layer with a picture gives the size; sound alone gets a small black one. */
function backgroundSize(
  request: MixRequest,
  sources: ReadonlyMap<string, MixSource>,
): { width: number; height: number } {
  const lowest = request.layers.find(({ kind }) => kind !== 'audio')
  if (!lowest) return { width: 160, height: 90 }
  const source = lowest.crop ?? sources.get(lowest.stream)
  const width = lowest.width >= 1 ? lowest.width : (source?.width ?? 0)
  const height = lowest.height >= 1 ? lowest.height : (source?.height ?? 0)
  if (width < 2 || height < 2) {
    throw new ApiError(
      'InvalidParameter.InvalidBackgroudResolution',
      'the background has no size: send its ImageWidth and ImageHeight',
    )
  }
  return { width: even(width), height: even(height) }
}

function boxOf(
  layer: MixLayer,
  background: { width: number; height: number },
  natural: { width: number; height: number },
): Box {
  const measure = (value: number, whole: number): number => Math.round(value < 1 ? value * whole : value)
  const box = {
    width: even(measure(layer.width, background.width) || natural.width),
    height: even(measure(layer.height, background.height) || natural.height),
    x: measure(layer.x, background.width),
    y: measure(layer.y, background.height),
  }
  // Parts of the background are rounded.
  if (box.x + box.width > background.width + 1 || box.y + box.height > background.height + 1) {
    throw new ApiError('InvalidParameter.OtherError', `small picture out of the background: ${layer.stream}`)
  }
  return box
}

function crop({ crop: part, stream }: MixLayer, source: MixSource): string {
  if (!part) return ''
  if (part.x + part.width > source.width || part.y + part.height > source.height) {
    throw new ApiError('InvalidParameter.InvalidCropParam', `the cropped part is larger than the picture of ${stream}`)
  }
  return `crop=${part.width}:${part.height}:${part.x}:${part.y},`
}

const scaleTo = ({ width, height }: Box, cropCenter: boolean): string =>
  cropCenter
    ? `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`
    : `scale=${width}:${height}`
