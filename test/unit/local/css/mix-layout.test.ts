import { safeParse } from 'valibot'
import { mixingAbility } from '../../../../local/css'
import { ffmpegArguments, findFfmpeg } from '../../../../local/css/mixing/ffmpeg'
import { type MixSource, planMix } from '../../../../local/css/mixing/layout'
import { createMix, type MixRequest, readMixRequest } from '../../../../local/css/mixing/request'

type Layer = Record<string, number | string>

/** A request as it comes over the wire: `[stream, layout]` from any order of layers. */
function request(layers: [string, Layer, Layer?][], more: object = {}, output: object = {}): MixRequest {
  const parsed = safeParse(createMix, {
    MixStreamSessionId: 'room',
    InputStreamList: layers.map(([InputStreamName, LayoutParams, CropParams]) => ({
      InputStreamName,
      LayoutParams,
      ...(CropParams && { CropParams }),
    })),
    OutputParams: { OutputStreamName: 'mix', OutputStreamType: 1, ...output },
    ...more,
  })
  if (!parsed.success) throw new Error(parsed.issues[0].message)
  return readMixRequest(parsed.output)
}

const full: MixSource = { audio: true, video: true, width: 320, height: 240 }
const sources = (...streams: string[]) => new Map(streams.map((stream) => [stream, full]))
const CANVAS: [string, Layer] = [
  'c',
  { ImageLayer: 1, InputType: 3, ImageWidth: 640, ImageHeight: 360, Color: '0xCC0033' },
]
const tile = (stream: string, layer: number, box: Layer = {}): [string, Layer] => [
  stream,
  { ImageLayer: layer, ImageWidth: 160, ImageHeight: 120, ...box },
]
const code = (run: () => unknown): string => {
  try {
    run()
    return ''
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a plan', () => {
  it('lays streams over a canvas from the lowest layer up, and mixes their sound, all from one moment on', () => {
    const plan = planMix(
      request([tile('b', 3, { LocationX: 200, LocationY: 40 }), CANVAS, tile('a', 2)]),
      sources('a', 'b'),
      12.5,
    )
    expect([plan.width, plan.height, plan.inputs]).toEqual([640, 360, ['a', 'b']])
    expect(plan.filter.split(';')).toEqual([
      'color=c=0xCC0033:s=640x360:r=15,setpts=PTS+12.500/TB[p0]',
      '[0:v]scale=160:120,setsar=1[l0]',
      '[p0][l0]overlay=0:0:eof_action=repeat[p1]',
      '[0:a]aresample=48000,aresample=async=1:first_pts=600000,aformat=channel_layouts=mono[s0]',
      '[1:v]scale=160:120,setsar=1[l1]',
      '[p1][l1]overlay=200:40:eof_action=repeat[p2]',
      '[1:a]aresample=48000,aresample=async=1:first_pts=600000,aformat=channel_layouts=mono[s1]',
      '[p2]format=yuv420p[v]',
      '[s0][s1]amix=inputs=2:duration=longest:normalize=0[a]',
    ])
  })

  it('takes a stream as background, as large as it is, and understands parts of it', () => {
    const plan = planMix(
      request([
        ['anchor', { ImageLayer: 1 }],
        ['guest', { ImageLayer: 2, ImageWidth: 0.25, ImageHeight: 0.5, LocationX: 0.75, LocationY: 0.5 }],
      ]),
      new Map([...sources('guest'), ['anchor', { ...full, width: 641, height: 481 }]]),
      0,
    )
    expect([plan.width, plan.height]).toEqual([640, 480])
    expect(plan.filter).toContain('scale=160:240')
    expect(plan.filter).toContain('overlay=480:240')
  })

  it('leaves out streams that are not live, and the tracks that a stream has not', () => {
    const layers = request([CANVAS, tile('gone', 2), tile('voice', 3), tile('mute', 4)])
    const plan = planMix(
      layers,
      new Map([
        ['voice', { audio: true, video: false, width: 0, height: 0 }],
        ['mute', { ...full, audio: false }],
      ]),
      0,
    )
    expect(plan.inputs).toEqual(['voice', 'mute'])
    expect(plan.filter).not.toContain('[0:v]')
    expect(plan.filter).not.toContain('[1:a]')
    expect(plan.filter).toContain('amix=inputs=1')
  })

  it('uses of a layer what its type says: sound alone, picture alone', () => {
    const plan = planMix(
      request([CANVAS, tile('a', 2, { InputType: 4 }), tile('b', 3, { InputType: 5 })]),
      sources('a', 'b'),
      0,
    )
    expect(plan.filter).not.toContain('[0:v]')
    expect(plan.filter).not.toContain('[1:a]')
  })

  it('has silence when nobody has sound, and a small black picture when nobody is to be seen', () => {
    const mute = planMix(request([CANVAS, tile('a', 2)]), new Map([['a', { ...full, audio: false }]]), 3)
    expect(mute.filter).toContain('anullsrc=r=48000:cl=mono,asetpts=PTS+3.000/TB[a]')
    const dark = planMix(request([tile('a', 1, { InputType: 4 })]), sources('a'), 0)
    expect(dark.filter).toContain('color=c=0x000000:s=160x90')
  })

  it('crops what it is told to crop, and instead of stretching when it is told so', () => {
    const part = { CropWidth: 100, CropHeight: 80, CropStartLocationX: 10, CropStartLocationY: 20 }
    const layers: [string, Layer, Layer?][] = [CANVAS, [...tile('a', 2), part]]
    expect(planMix(request(layers), sources('a'), 0).filter).toContain('[0:v]crop=100:80:10:20,scale=160:120')
    const centre = request([CANVAS, tile('a', 2)], { ControlParams: { UseMixCropCenter: 1 } })
    expect(planMix(centre, sources('a'), 0).filter).toContain(
      'scale=160:120:force_original_aspect_ratio=increase,crop=160:120',
    )
    const wide: [string, Layer, Layer?][] = [CANVAS, [...tile('a', 2), { ...part, CropWidth: 400 }]]
    expect(code(() => planMix(request(wide), sources('a'), 0))).toBe('InvalidParameter.InvalidCropParam')
  })

  it.each([
    ['over the right edge', { LocationX: 500 }],
    ['below', { LocationY: 300 }],
    ['too large', { ImageWidth: 700 }],
  ])('refuses a picture %s', (_where, box) => {
    const outside = request([CANVAS, tile('a', 2, box)])
    expect(code(() => planMix(outside, sources('a'), 0))).toBe('InvalidParameter.OtherError')
  })

  it('refuses a background of which nobody knows the size', () => {
    const unknown = request([['anchor', { ImageLayer: 1 }], tile('a', 2)])
    expect(code(() => planMix(unknown, sources('a'), 0))).toBe('InvalidParameter.InvalidBackgroudResolution')
  })
})

describe('a request', () => {
  it.each([
    ['the same layer twice', () => request([tile('a', 1), tile('b', 1)]), 'InvalidParameter.InvalidLayerParam'],
    ['the output among the inputs', () => request([tile('mix', 1)]), 'InvalidParameter.InvalidOutputType'],
    [
      'the output in place of an input',
      () => request([tile('a', 1)], {}, { OutputStreamType: 0 }),
      'UnsupportedOperation',
    ],
    ['a picture file', () => request([tile('a', 1, { InputType: 2 })]), 'UnsupportedOperation'],
    [
      'seventeen inputs',
      () => request(Array.from({ length: 17 }, (_, i) => tile(`s${i}`, (i % 16) + 1))),
      'InvalidParameter.InputNumLimitExceeded',
    ],
  ])('with %s is refused', (_fault, read, refusal) => {
    expect(code(read)).toBe(refusal)
  })

  it('cannot smuggle anything into the filter graph', () => {
    for (const Color of ['red', '0xFFFFFF;movie=/etc/passwd', '0xFFFFFF\n']) {
      expect(() => request([['c', { ...CANVAS[1], Color }]])).toThrow()
    }
    expect(() => request([tile('a;b', 1)])).toThrow()
  })
})

it('tells ffmpeg of pipes alone: no port, no key, no address', () => {
  const mix = request([CANVAS, tile('a', 2), tile('b', 3)], {}, { OutputStreamBitRate: 500, OutputStreamGop: 1 })
  const args = ffmpegArguments(planMix(mix, sources('a', 'b'), 0), mix)
  expect(args.filter((text) => /pipe:|:\/\//.test(text))).toEqual(['pipe:3', 'pipe:4', 'pipe:1'])
  expect(args.join(' ')).toContain('-g 15 -b:v 500k')
})

it('says in plain words what mixing needs', () => {
  expect(mixingAbility('/opt/ffmpeg')).toBe(true)
  expect(mixingAbility(null)).toContain('mixing needs ffmpeg on this machine')
})

it('finds a program on the PATH, takes a path as it is, and none for none', () => {
  expect(findFfmpeg('/opt/ffmpeg')).toBe('/opt/ffmpeg')
  expect(findFfmpeg(null)).toBeNull()
  expect(findFfmpeg('', { PATH: '' })).toBeNull()
  expect(findFfmpeg('', { PATH: '/nowhere:/also-nowhere' })).toBeNull()
})
