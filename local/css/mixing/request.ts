import * as v from 'valibot'
import { ApiError } from '../api-error'
import { name, whole } from '../api-params'

/** Most inputs of one mix (docs 267/43404). */
const MAX_INPUTS = 16
const SESSION = /^\w{1,80}$/
const STREAM_NAME = /^[\w-]{1,128}$/
const COLOR = /^0x[0-9a-f]{6}$/i
const KINDS = { 0: 'av', 3: 'canvas', 4: 'audio', 5: 'video' } as const
const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000]

/** Pixels, or below 1 a part of the background. */
const length = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(2000)), 0)
const pixels = v.optional(whole(0, 2000), 0)
const stream = v.pipe(name, v.regex(STREAM_NAME))

const input = v.object({
  InputStreamName: stream,
  LayoutParams: v.object({
    ImageLayer: whole(1, 16),
    InputType: v.optional(whole(0, 5), 0),
    ImageWidth: length,
    ImageHeight: length,
    LocationX: length,
    LocationY: length,
    Color: v.optional(v.pipe(v.string(), v.regex(COLOR)), '0x000000'),
  }),
  CropParams: v.optional(
    v.object({ CropWidth: pixels, CropHeight: pixels, CropStartLocationX: pixels, CropStartLocationY: pixels }),
  ),
})

export const createMix = v.object({
  MixStreamSessionId: v.pipe(name, v.regex(SESSION)),
  InputStreamList: v.array(input),
  OutputParams: v.object({
    OutputStreamName: stream,
    OutputStreamType: v.optional(whole(0, 1), 0),
    OutputStreamBitRate: v.optional(whole(1, 10_000), 800),
    OutputStreamGop: v.optional(whole(1, 10), 2),
    OutputStreamFrameRate: v.optional(whole(1, 60), 15),
    OutputAudioBitRate: v.optional(whole(1, 500), 64),
    OutputAudioSampleRate: v.optional(v.picklist(SAMPLE_RATES), 48_000),
    OutputAudioChannels: v.optional(whole(1, 2), 1),
  }),
  MixStreamTemplateId: v.optional(whole(0, 1000), 0),
  ControlParams: v.optional(v.object({ UseMixCropCenter: v.optional(whole(0, 1), 0) }), {}),
})

/** One layer of the picture, and of the sound. */
export interface MixLayer {
  /** Of a canvas just a label. */
  stream: string
  kind: (typeof KINDS)[keyof typeof KINDS]
  /** The lowest is the background. */
  layer: number
  /** Pixels; below 1 parts of the background; a size of 0 is that of the stream. */
  width: number
  height: number
  x: number
  y: number
  /** `0xRRGGBB`, of a canvas. */
  color: string
  /** The part of the source that is shown, in its pixels; null = all. */
  crop: { width: number; height: number; x: number; y: number } | null
}

export interface MixRequest {
  session: string
  output: string
  /** From the background up. */
  layers: MixLayer[]
  /** A source of other proportions is cropped instead of stretched. */
  cropCenter: boolean
  video: { kbps: number; gopSeconds: number; fps: number }
  audio: { kbps: number; rate: number; channels: number }
}

/** Reads a request that its schema has let pass. @throws ApiError, with the codes of Tencent */
export function readMixRequest(params: v.InferOutput<typeof createMix>): MixRequest {
  const { InputStreamList: inputs, OutputParams: out } = params
  if (inputs.length === 0) throw new ApiError('MissingParameter', 'InputStreamList is missing')
  if (inputs.length > MAX_INPUTS) {
    throw new ApiError('InvalidParameter.InputNumLimitExceeded', `a mix has ${MAX_INPUTS} inputs at most`)
  }
  if (params.MixStreamTemplateId !== 0) {
    throw new ApiError('UnsupportedOperation', 'no layout templates here: send the positions (MixStreamTemplateId 0)')
  }
  if (out.OutputStreamType !== 1) {
    throw new ApiError('UnsupportedOperation', 'mixing makes a new stream here: send OutputStreamType 1')
  }
  const layers = inputs.map(readLayer).sort((a, b) => a.layer - b.layer)
  if (new Set(layers.map(({ layer }) => layer)).size < layers.length) {
    throw new ApiError('InvalidParameter.InvalidLayerParam', 'two inputs have the same ImageLayer')
  }
  if (layers.some((layer) => layer.kind !== 'canvas' && layer.stream === out.OutputStreamName)) {
    throw new ApiError('InvalidParameter.InvalidOutputType', 'the output is one of the inputs')
  }
  return {
    session: params.MixStreamSessionId,
    output: out.OutputStreamName,
    layers,
    cropCenter: params.ControlParams.UseMixCropCenter === 1,
    video: { kbps: out.OutputStreamBitRate, gopSeconds: out.OutputStreamGop, fps: out.OutputStreamFrameRate },
    audio: { kbps: out.OutputAudioBitRate, rate: out.OutputAudioSampleRate, channels: out.OutputAudioChannels },
  }
}

function readLayer({ InputStreamName, LayoutParams, CropParams }: v.InferOutput<typeof input>): MixLayer {
  const kind = new Map<number, MixLayer['kind']>(Object.entries(KINDS).map(([type, name]) => [Number(type), name])).get(
    LayoutParams.InputType,
  )
  if (!kind) throw new ApiError('UnsupportedOperation', `no inputs of InputType ${LayoutParams.InputType} here`)
  const { ImageLayer: layer, ImageWidth: width, ImageHeight: height, LocationX: x, LocationY: y } = LayoutParams
  const crop = CropParams && CropParams.CropWidth > 0 && CropParams.CropHeight > 0 ? CropParams : null
  return {
    stream: InputStreamName,
    kind,
    layer,
    width,
    height,
    x,
    y,
    color: LayoutParams.Color,
    crop: crop && {
      width: crop.CropWidth,
      height: crop.CropHeight,
      x: crop.CropStartLocationX,
      y: crop.CropStartLocationY,
    },
  }
}
