import type { RoomDoc } from '../documents'
import { rivalStreamOf } from '../pk/side'
import type { MixLayout, MixTile } from '../ports'
import { seatsOf } from '../seats'

/** What is to be mixed. Two with the same key are the same picture. */
export interface Picture {
  key: string
  layout: MixLayout
}

type Size = Pick<MixTile, 'width' | 'height'>
type Place = Omit<MixTile, 'stream'>

/** Portrait, as phones push; a PK is two of them side by side. Even numbers throughout: encoders ask for them. */
const PORTRAIT: Size = { width: 540, height: 960 }
const HALF: Size = { width: 360, height: 640 }
const PK: Size = { width: 720, height: 640 }
/** The small window over a large picture, and its distance from the lower edge, where the chat is. */
const WINDOW: Size = { width: 160, height: 240 }
const WINDOW_BOTTOM = 90
/** A call, whoever comes and goes: a file cannot change its size. Halves of a square are portrait, quarters are square. */
const CALL: Size = { width: 960, height: 960 }
/** Of linkers during a PK, three in a row on their anchor's half. */
const STAMP: Size = { width: 120, height: 160 }

const at = (x: number, y: number, size: Size): Place => ({ x, y, ...size })
/** The places of a grid, row by row, over all of `canvas`. */
function cells(canvas: Size, columns: number, rows: number): Place[] {
  const size = { width: canvas.width / columns, height: canvas.height / rows }
  return Array.from({ length: columns * rows }, (_, i) =>
    at((i % columns) * size.width, Math.floor(i / columns) * size.height, size),
  )
}
const framed = (canvas: Size, places: Place[], streams: string[]): MixLayout => ({
  ...canvas,
  tiles: streams.flatMap((stream, i) => (places[i] ? [{ stream, ...places[i] }] : [])),
})

/** The anchor fills the picture; the linker has a small window at the right. */
export function floating(anchor: string, linker: string): MixLayout {
  const window = at(PORTRAIT.width - WINDOW.width, PORTRAIT.height - WINDOW.height - WINDOW_BOTTOM, WINDOW)
  return framed(PORTRAIT, [at(0, 0, PORTRAIT), window], [anchor, linker])
}

/** The anchor has the left two thirds, up to three linkers share the rest from top to bottom. */
export function column(anchor: string, linkers: string[]): MixLayout {
  const left = { width: (PORTRAIT.width * 2) / 3, height: PORTRAIT.height }
  const right = { width: PORTRAIT.width - left.width, height: PORTRAIT.height }
  const places = cells(right, 1, linkers.length).map(({ x, ...rest }) => ({ x: x + left.width, ...rest }))
  return framed(PORTRAIT, [at(0, 0, left), ...places], [anchor, ...linkers])
}

/** Everybody has the same room: six places, or nine. */
export function grid(streams: string[]): MixLayout {
  return framed(PORTRAIT, cells(PORTRAIT, streams.length > 6 ? 3 : 2, 3), streams)
}

/** Two anchors side by side, ours at the left with its linkers as stamps from below. */
export function sideBySide(anchor: string, rival: string, linkers: string[]): MixLayout {
  const stamps = linkers.map((_, i) =>
    at((i % 3) * STAMP.width, HALF.height - STAMP.height * (Math.floor(i / 3) + 1), STAMP),
  )
  return framed(PK, [at(0, 0, HALF), at(HALF.width, 0, HALF), ...stamps], [anchor, rival, ...linkers])
}

/** Everybody in a call, in the order of the seats: alone, side by side, two by two, or three by two. */
export function together(streams: string[]): MixLayout {
  const n = streams.length
  return framed(CALL, n <= 2 ? cells(CALL, n, 1) : cells(CALL, Math.ceil(n / 2), 2), streams)
}

/** Streams of the seats that are pushed. */
export const linkersOf = (room: Pick<RoomDoc, 'seats'>): string[] =>
  seatsOf(room).flatMap(({ doc }) => (doc.userId !== '' && doc.state === 'on' ? [doc.stream] : []))

/** Streams that are to be seen with the anchor's, whether that one is on or not. */
export function besideAnchor(room: Pick<RoomDoc, 'seats' | 'pk'>): string[] {
  const rival = rivalStreamOf(room)
  return [...(rival === '' ? [] : [rival]), ...linkersOf(room)]
}

const picture = (name: string, layout: MixLayout): Picture => ({
  key: [name, ...layout.tiles.map(({ stream }) => stream)].join(' '),
  layout,
})

/**
 * What those who watch this room are to see in one picture, or null when the anchor's own will do. In a call nobody watches:
 * it is mixed for its recording.
 */
export function pictureOf(
  room: Pick<RoomDoc, 'kind' | 'record' | 'state' | 'stream' | 'seats' | 'pk'>,
): Picture | null {
  if (room.state !== 'live') return null
  const linkers = linkersOf(room)
  if (room.kind === 'call') return room.record && linkers.length > 0 ? picture('call', together(linkers)) : null
  const anchor = room.stream
  if (anchor === '') return null
  const rival = rivalStreamOf(room)
  if (rival !== '') return picture('pk', sideBySide(anchor, rival, linkers))
  const [only] = linkers
  if (only === undefined) return null
  if (linkers.length === 1) return picture('float', floating(anchor, only))
  if (linkers.length <= 3) return picture('1v3', column(anchor, linkers))
  return picture('grid', grid([anchor, ...linkers]))
}
