import { type Box, type Frame, insideOf, type Layout, wholeOf } from './frame'

/** Where somebody has put the small picture: at which side, and how far down (0 to 1). It holds for every size of stage. */
export interface Spot {
  readonly side: 'left' | 'right'
  readonly down: number
}

/** Out of the way of a face, and where people look for themselves. */
export const FIRST_SPOT: Spot = { side: 'right', down: 0 }

/** Width of the small picture (3:4) of the shorter side of the stage, and at most (px). */
const SHARE = 0.3065
const MOST = 176
/** Distance from what is in the way (px). */
const EDGE = 8
/** So near (of the way down) to a corner, the picture goes into it. */
const NEAR = 0.14

/** Where the small picture may be. */
function roomOf(frame: Frame): Box {
  const { left, top, width, height } = insideOf(frame)
  const edge = Math.min(EDGE, Math.floor(Math.min(width, height) / 8))
  return { left: left + edge, top: top + edge, width: width - 2 * edge, height: height - 2 * edge }
}

/** The small picture at a spot. */
export function smallAt(frame: Frame, { side, down }: Spot): Box {
  const room = roomOf(frame)
  const short = Math.min(frame.width, frame.height)
  const width = Math.max(1, Math.floor(Math.min(short * SHARE, MOST, room.width, room.height * 0.75)))
  const height = Math.max(1, Math.floor((width * 4) / 3))
  const left = side === 'left' ? room.left : room.left + room.width - width
  return { left, top: room.top + Math.round((room.height - height) * down), width, height }
}

/** A small picture that a finger moves, kept where it may be. */
export function moved(frame: Frame, box: Box, right: number, down: number): Box {
  const room = roomOf(frame)
  const within = (value: number, least: number, length: number) =>
    Math.round(Math.min(Math.max(value, least), least + Math.max(length, 0)))
  return {
    ...box,
    left: within(box.left + right, room.left, room.width - box.width),
    top: within(box.top + down, room.top, room.height - box.height),
  }
}

/** The spot that is nearest to where a finger has left the picture: the nearer side, and a corner if one is near. */
export function spotOf(frame: Frame, { left, top, width, height }: Box): Spot {
  const room = roomOf(frame)
  const far = room.height - height
  const down = far > 0 ? Math.min(1, Math.max(0, (top - room.top) / far)) : 0
  const side = left + width / 2 < room.left + room.width / 2 ? 'left' : 'right'
  return { side, down: down < NEAR ? 0 : down > 1 - NEAR ? 1 : down }
}

/** For two: one has all of the stage, the other a small picture over him. */
export const corner: Layout = (people, frame) => [
  wholeOf(frame),
  ...Array.from({ length: people - 1 }, () => smallAt(frame, FIRST_SPOT)),
]
