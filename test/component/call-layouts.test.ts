import { FIRST_SPOT, moved, smallAt, spotOf } from '../../miniprogram/components/live-stage/layouts/corner'
import { areaOf, type Box, type Frame, insideOf } from '../../miniprogram/components/live-stage/layouts/frame'
import { CALL_TEMPLATES, callTemplateOf, forSoMany } from '../../miniprogram/components/live-stage/layouts/index'
import fc from '../support/property'

const frame = (width: number, height: number, top: number, bottom: number, talk = 0): Frame => ({
  width,
  height,
  insets: { top, right: 0, bottom, left: 0 },
  talk,
})
const SCREENS = [
  frame(320, 568, 72, 84),
  frame(375, 812, 108, 100),
  frame(414, 896, 108, 100),
  frame(768, 1024, 90, 90),
  frame(812, 375, 60, 84),
  frame(1024, 768, 60, 84),
  frame(375, 812, 108, 100, 124),
  frame(812, 375, 60, 84, 276),
]
const anyFrame = fc.oneof(
  fc.constantFrom(...SCREENS),
  fc.record({
    width: fc.integer({ min: 120, max: 1600 }),
    height: fc.integer({ min: 120, max: 1600 }),
    insets: fc.record({
      top: fc.integer({ min: 0, max: 300 }),
      right: fc.integer({ min: 0, max: 60 }),
      bottom: fc.integer({ min: 0, max: 300 }),
      left: fc.integer({ min: 0, max: 60 }),
    }),
    talk: fc.integer({ min: 0, max: 200 }),
  }),
)
const SIX = [1, 2, 3, 4, 5, 6]
/** A large picture with small ones over it. */
const OVER = ['1v1', 'float', 'speaker']

const templateOf = (name: string, people: number) =>
  forSoMany(
    callTemplateOf(name, () => {}),
    people,
  )
const boxesOf = (name: string, people: number, stage: Frame) => templateOf(name, people).layout(people, stage)
const isWhole = (box: Box, stage: Frame) => box.width === stage.width && box.height === stage.height
const inside = (outer: Box, { left, top, width, height }: Box) =>
  left >= outer.left &&
  top >= outer.top &&
  left + width <= outer.left + outer.width &&
  top + height <= outer.top + outer.height
const overlap = (a: Box, b: Box) =>
  Math.min(a.left + a.width, b.left + b.width) > Math.max(a.left, b.left) &&
  Math.min(a.top + a.height, b.top + b.height) > Math.max(a.top, b.top)

test('every name that an older kit had for a call is a template, and an unknown one is a grid', () => {
  expect([...CALL_TEMPLATES.keys()].sort()).toEqual(['1l3r', '1u3d', '1v1', '1v3', 'float', 'grid', 'speaker'])
  const warned: string[] = []
  expect(callTemplateOf('toString', (words) => warned.push(words))).toBe(callTemplateOf('grid', () => {}))
  expect(warned).toEqual(['unknown template "toString", drawing "grid"'])
})

describe.each([...CALL_TEMPLATES.keys()])('a call as %s', (name) => {
  test('gives two to six people, and one, a box of whole px inside the stage (P58)', () => {
    fc.assert(
      fc.property(anyFrame, fc.constantFrom(...SIX), (stage, people) => {
        const boxes = boxesOf(name, people, stage)
        expect(boxes).toHaveLength(people)
        for (const box of boxes) {
          expect(Object.values(box).every(Number.isInteger)).toBe(true)
          expect(Math.min(box.width, box.height)).toBeGreaterThan(0)
          expect(inside({ left: 0, top: 0, width: stage.width, height: stage.height }, box)).toBe(true)
        }
      }),
    )
  })

  test('lays nobody over another but small pictures over the one that has all of the stage', () => {
    fc.assert(
      fc.property(anyFrame, fc.constantFrom(...SIX), (stage, people) => {
        const boxes = boxesOf(name, people, stage)
        const apart = OVER.includes(name) && boxes[0] && isWhole(boxes[0], stage) ? boxes.slice(1) : boxes
        for (const [i, a] of apart.entries()) {
          for (const b of apart.slice(i + 1)) expect({ a, b, overlap: overlap(a, b) }).toMatchObject({ overlap: false })
        }
      }),
    )
  })

  test.each(SCREENS)('keeps company clear of what is in the way on $width x $height, and large enough', (stage) => {
    for (const people of [2, 3, 4, 5, 6]) {
      for (const box of boxesOf(name, people, stage).filter((each) => !isWhole(each, stage))) {
        expect(inside(insideOf(stage), box)).toBe(true)
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(56)
      }
    }
  })

  test('has all of the stage for who is alone', () => {
    for (const stage of SCREENS) {
      const [only] = boxesOf(name, 1, stage)
      if (!['1l3r', '1u3d'].includes(name)) expect(only && isWhole(only, stage)).toBe(true)
    }
  })
})

describe.each(['grid', 'speaker'])('the cells of %s', (name) => {
  test.each(SCREENS)('fill $width x $height, and none is a slit', (stage) => {
    const area = areaOf(stage)
    for (const people of [2, 3, 4, 5, 6]) {
      const boxes = boxesOf(name, people, stage)
      if (boxes[0] && isWhole(boxes[0], stage)) continue
      const covered = boxes.reduce((sum, { width, height }) => sum + width * height, 0)
      expect(covered / (area.width * area.height)).toBeGreaterThan(0.9)
      for (const { width, height } of boxes) {
        expect(width / height).toBeGreaterThan(0.42)
        // a lying phone leaves a band that is flat itself
        expect(width / height).toBeLessThan(Math.max(2.5, area.width / area.height))
      }
    }
  })
})

test('a grid takes the rows and columns that waste least, standing and lying', () => {
  const rowsOf = (people: number, stage: Frame) => {
    const tops = boxesOf('grid', people, stage).map(({ top }) => top)
    return [...new Set(tops)].map((top) => tops.filter((each) => each === top).length)
  }
  const [, standing = frame(0, 0, 0, 0), , , lying = standing] = SCREENS
  expect(SIX.map((people) => rowsOf(people, standing))).toEqual([[1], [1, 1], [1, 2], [2, 2], [1, 2, 2], [2, 2, 2]])
  expect(SIX.map((people) => rowsOf(people, lying))).toEqual([[1], [2], [3], [4], [5], [6]])
})

test('1v3 has the cells of the original: 46 % of the width, 3:4, two in a row, in the middle of what is free', () => {
  const boxes = boxesOf('1v3', 4, frame(1000, 3000, 0, 0))
  expect(boxes[0]).toEqual({ left: 35, top: 882, width: 460, height: 613 })
  expect(boxes[3]).toEqual({ left: 505, top: 1505, width: 460, height: 613 })
})

test('a third person makes a grid of 1v1, a fifth one of 1v3, and two of speaker are one to one', () => {
  for (const stage of SCREENS) {
    for (const people of [3, 4, 5, 6]) expect(boxesOf('1v1', people, stage)).toEqual(boxesOf('grid', people, stage))
    for (const people of [5, 6]) expect(boxesOf('1v3', people, stage)).toEqual(boxesOf('grid', people, stage))
    expect(boxesOf('speaker', 2, stage)).toEqual(boxesOf('1v1', 2, stage))
  }
  expect(templateOf('1v1', 2)).toMatchObject({ swaps: true, drags: true })
  expect(templateOf('1v1', 3)).toMatchObject({ swaps: false })
})

describe('the small picture of two', () => {
  const anySpot = fc.record({
    side: fc.constantFrom('left' as const, 'right' as const),
    down: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  test('stays where it may be, however far the finger goes', () => {
    fc.assert(
      fc.property(anyFrame, anySpot, fc.integer(), fc.integer(), (stage, spot, right, down) => {
        const box = moved(stage, smallAt(stage, spot), right % 5000, down % 5000)
        expect(inside(insideOf(stage), box)).toBe(true)
        expect(inside(insideOf(stage), smallAt(stage, spotOf(stage, box)))).toBe(true)
      }),
    )
  })

  test('goes to the nearer side where the finger leaves it, and into a corner that is near', () => {
    const stage = frame(375, 812, 108, 100)
    const first = smallAt(stage, FIRST_SPOT)
    expect(first).toEqual({ left: 253, top: 116, width: 114, height: 152 })
    const left = (right: number, down: number) => spotOf(stage, moved(stage, first, right, down))
    expect(left(-60, 30)).toEqual({ side: 'right', down: 0 })
    expect(left(-200, 0)).toEqual({ side: 'left', down: 0 })
    expect(left(-200, 2000)).toEqual({ side: 'left', down: 1 })
    expect(left(0, 218)).toEqual({ side: 'right', down: 0.5 })
  })

  test('is at the same spot when the phone is turned', () => {
    const [standing, lying] = [frame(375, 812, 108, 100), frame(812, 375, 60, 84)]
    const spot = spotOf(standing, moved(standing, smallAt(standing, FIRST_SPOT), -300, 900))
    const { left, top, height } = smallAt(lying, spot)
    expect([left, top + height]).toEqual([8, 375 - 84 - 8])
  })
})
