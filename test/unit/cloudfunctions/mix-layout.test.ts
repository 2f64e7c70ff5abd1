import type { RoomDoc, SeatDoc } from '../../../cloudfunctions/core/documents'
import { pictureOf } from '../../../cloudfunctions/core/mixing/layout'
import type { MixTile } from '../../../cloudfunctions/core/ports'
import { NOBODY } from '../../../cloudfunctions/core/seats'
import fc from '../../support/property'

type Seen = Parameters<typeof pictureOf>[0]

const seat = (stream: string, state: SeatDoc['state'] = 'on'): SeatDoc => ({
  ...NOBODY,
  locked: false,
  epoch: 1,
  userId: stream === '' ? '' : `u-${stream}`,
  state,
  stream,
})
const room = (linkers: SeatDoc[], more: Partial<Seen> = {}): Seen => ({
  kind: 'live',
  record: false,
  state: 'live',
  stream: 'anchor',
  seats: Object.fromEntries(linkers.map((doc, i) => [String(i + 1), doc])),
  pk: null,
  ...more,
})
const pk = (rivalStream: string, state: 'on' | 'asked' = 'on') => ({ state, rivalStream }) as RoomDoc['pk']
const on = (n: number) => Array.from({ length: n }, (_, i) => seat(`s${i + 1}`))
const tiles = (seen: Seen) =>
  pictureOf(seen)?.layout.tiles.map(({ stream, x, y, width, height }) => [stream, x, y, width, height])

it('mixes nothing while the anchor is alone, not on, or has no stream of his own', () => {
  expect(pictureOf(room([]))).toBeNull()
  expect(pictureOf(room([seat(''), seat('s2', 'held')]))).toBeNull()
  for (const state of ['idle', 'interrupted', 'closed'] as const) expect(pictureOf(room(on(2), { state }))).toBeNull()
  expect(pictureOf(room(on(2), { stream: '' }))).toBeNull()
})

it('floats one linker over the anchor, at the right, above the chat', () => {
  const picture = pictureOf(room([seat(''), seat('s2')]))
  expect(picture).toMatchObject({ key: 'float anchor s2', layout: { width: 540, height: 960 } })
  expect(tiles(room([seat(''), seat('s2')]))).toEqual([
    ['anchor', 0, 0, 540, 960],
    ['s2', 380, 630, 160, 240],
  ])
})

it('puts two or three linkers beside the anchor', () => {
  expect(tiles(room(on(3)))).toEqual([
    ['anchor', 0, 0, 360, 960],
    ['s1', 360, 0, 180, 320],
    ['s2', 360, 320, 180, 320],
    ['s3', 360, 640, 180, 320],
  ])
  expect(tiles(room(on(2)))?.slice(1)).toEqual([
    ['s1', 360, 0, 180, 480],
    ['s2', 360, 480, 180, 480],
  ])
  expect(pictureOf(room(on(3)))?.key).toBe('1v3 anchor s1 s2 s3')
})

it('gives five to nine people a grid', () => {
  expect(tiles(room(on(4)))).toEqual([
    ['anchor', 0, 0, 270, 320],
    ['s1', 270, 0, 270, 320],
    ['s2', 0, 320, 270, 320],
    ['s3', 270, 320, 270, 320],
    ['s4', 0, 640, 270, 320],
  ])
  expect(tiles(room(on(8)))?.at(-1)).toEqual(['s8', 360, 640, 180, 320])
})

it('shows two anchors side by side during a PK, linkers as stamps on their half', () => {
  expect(pictureOf(room([], { pk: pk('rival') }))).toMatchObject({
    key: 'pk anchor rival',
    layout: { width: 720, height: 640 },
  })
  expect(tiles(room(on(4), { pk: pk('rival') }))).toEqual([
    ['anchor', 0, 0, 360, 640],
    ['rival', 360, 0, 360, 640],
    ['s1', 0, 480, 120, 160],
    ['s2', 120, 480, 120, 160],
    ['s3', 240, 480, 120, 160],
    ['s4', 0, 320, 120, 160],
  ])
  for (const not of [pk(''), pk('rival', 'asked')]) expect(pictureOf(room([], { pk: not }))).toBeNull()
})

const cut = (a: MixTile, b: MixTile) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

it('property: everybody who pushes is in the picture once, inside of it, with sides that encoders take', () => {
  const seats = fc.array(fc.tuple(fc.boolean(), fc.constantFrom('on' as const, 'held' as const)), { maxLength: 8 })
  fc.assert(
    fc.property(seats, fc.boolean(), (states, withRival) => {
      const seen = room(
        states.map(([taken, state], i) => seat(taken ? `s${i}` : '', state)),
        withRival ? { pk: pk('rival') } : {},
      )
      const wanted = Object.values(seen.seats).filter(({ userId, state }) => userId !== '' && state === 'on')
      const picture = pictureOf(seen)
      if (!picture) return expect(wanted.length + Number(withRival)).toBe(0)
      const { width, height, tiles } = picture.layout
      const streams = ['anchor', ...(withRival ? ['rival'] : []), ...wanted.map(({ stream }) => stream)]
      expect(tiles.map(({ stream }) => stream)).toEqual(streams)
      for (const tile of tiles) {
        for (const side of [tile.x, tile.y, tile.width, tile.height]) expect(side % 2).toBe(0)
        expect(Math.min(tile.x, tile.y)).toBeGreaterThanOrEqual(0)
        expect(tile.x + tile.width).toBeLessThanOrEqual(width)
        expect(tile.y + tile.height).toBeLessThanOrEqual(height)
      }
      // Small windows lie over large pictures, and over nothing else.
      const small = picture.key.startsWith('float') ? tiles.slice(1) : withRival ? tiles.slice(2) : tiles
      small.forEach((a, i) => {
        for (const b of small.slice(i + 1)) expect(cut(a, b)).toBe(false)
      })
    }),
  )
})

describe('a call', () => {
  const call = (n: number, more: Partial<Seen> = {}) => room(on(n), { kind: 'call', record: true, stream: '', ...more })

  it('is mixed while somebody in it pushes, if it is recorded', () => {
    expect(pictureOf(call(0))).toBeNull()
    expect(pictureOf(call(2, { record: false }))).toBeNull()
    expect(pictureOf(call(2, { state: 'closed' }))).toBeNull()
    expect(pictureOf(room([seat('s1', 'held')], { kind: 'call', record: true, stream: '' }))).toBeNull()
    expect(pictureOf(call(2))?.key).toBe('call s1 s2')
  })

  it.each([
    [1, [[0, 0, 960, 960]]],
    [
      2,
      [
        [0, 0, 480, 960],
        [480, 0, 480, 960],
      ],
    ],
    [
      3,
      [
        [0, 0, 480, 480],
        [480, 0, 480, 480],
        [0, 480, 480, 480],
      ],
    ],
    [
      4,
      [
        [0, 0, 480, 480],
        [480, 0, 480, 480],
        [0, 480, 480, 480],
        [480, 480, 480, 480],
      ],
    ],
    [
      5,
      [
        [0, 0, 320, 480],
        [320, 0, 320, 480],
        [640, 0, 320, 480],
        [0, 480, 320, 480],
        [320, 480, 320, 480],
      ],
    ],
    [
      6,
      [
        [0, 0, 320, 480],
        [320, 0, 320, 480],
        [640, 0, 320, 480],
        [0, 480, 320, 480],
        [320, 480, 320, 480],
        [640, 480, 320, 480],
      ],
    ],
  ])('of %i shows everybody, in one size for all: a file cannot change it', (n, places) => {
    const { layout } = pictureOf(call(n)) ?? {}
    expect(layout).toMatchObject({ width: 960, height: 960 })
    expect(tiles(call(n))?.map(([, ...place]) => place)).toEqual(places)
    expect(layout?.tiles.map(({ stream }) => stream)).toEqual(on(n).map(({ stream }) => stream))
  })
})
