import { type Box, type Frame, fitted } from '../../miniprogram/components/live-stage/layouts/frame'
import { TEMPLATES, templateOf } from '../../miniprogram/components/live-stage/layouts/index'
import { bandOf } from '../../miniprogram/components/live-stage/layouts/pk'
import fc from '../support/property'

const NAMES = ['float', 'vertical1v3', '1v3', 'grid', 'pk', '1v1', '2v2', '1l3r', '1u3d']
/** What must not lie over each other: everything but the small pictures of `float` over its large one. */
const apart = (name: string, boxes: Box[]) => (name === 'float' ? boxes.slice(1) : boxes)

const frame = (width: number, height: number, top = 108, bottom = 100, talk = 0): Frame => ({
  width,
  height,
  insets: { top, right: 0, bottom, left: 0 },
  talk,
})
const SCREENS = [
  frame(320, 568, 72, 84),
  frame(375, 812),
  frame(414, 896),
  frame(768, 1024),
  frame(812, 375, 60, 84),
  frame(1024, 768),
  frame(320, 568, 106, 150, 84),
  frame(375, 812, 150, 200, 124),
  frame(812, 375, 76, 80, 276),
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
const layoutOf = (name: string) => templateOf(name, () => {}).layout
const overlap = (a: Box, b: Box) =>
  Math.min(a.left + a.width, b.left + b.width) > Math.max(a.left, b.left) &&
  Math.min(a.top + a.height, b.top + b.height) > Math.max(a.top, b.top)

test('every name that was ever documented is a template (M103)', () => {
  expect([...TEMPLATES.keys()].sort()).toEqual([...NAMES].sort())
  const warned: string[] = []
  expect(templateOf('1v9', (words) => warned.push(words)).layout).toBe(layoutOf('float'))
  expect(warned).toEqual(['unknown template "1v9", drawing "float"'])
})

describe.each(NAMES)('template %s', (name) => {
  const layout = layoutOf(name)

  test('gives everybody a box of whole px inside the stage (P58)', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 1, max: 12 }), (stage, people) => {
        const boxes = layout(people, stage)
        expect(boxes).toHaveLength(people)
        for (const box of boxes) {
          const { left, top, width, height } = box
          expect(Object.values(box).every(Number.isInteger)).toBe(true)
          expect(Math.min(width, height)).toBeGreaterThan(0)
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
          expect(left + width).toBeLessThanOrEqual(stage.width)
          expect(top + height).toBeLessThanOrEqual(stage.height)
        }
      }),
    )
  })

  test('lays no picture over another that it promises to keep apart', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 1, max: 12 }), (stage, people) => {
        const boxes = apart(name, layout(people, stage))
        for (const [i, a] of boxes.entries()) {
          for (const b of boxes.slice(i + 1)) expect({ a, b, overlap: overlap(a, b) }).toMatchObject({ overlap: false })
        }
      }),
    )
  })

  test('keeps company clear of header, controls and safe areas', () => {
    for (const stage of SCREENS) {
      for (const people of [2, 3, 4, 7, 9]) {
        for (const { top, height } of apart(name, layout(people, stage))) {
          expect(top).toBeGreaterThanOrEqual(stage.insets.top)
          expect(top + height).toBeLessThanOrEqual(stage.height - stage.insets.bottom)
        }
      }
    }
  })

  test.each(SCREENS)('has no picture too small to see on $width x $height', (stage) => {
    for (const people of [2, 3, 4, 7]) {
      for (const { width, height } of layout(people, stage)) {
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(40)
      }
    }
  })
})

test('pictures that touch leave no gap between them (P58)', () => {
  for (const name of ['vertical1v3', '1v3', 'grid', 'pk', '1l3r', '1u3d']) {
    for (const stage of SCREENS) {
      const boxes = layoutOf(name)(4, stage)
      const left = Math.min(...boxes.map((box) => box.left))
      const right = Math.max(...boxes.map((box) => box.left + box.width))
      for (const box of boxes) {
        const { left: x, width } = box
        const beside = boxes.some((other) => other.left === x + width) || x + width === right
        expect({
          name,
          box,
          beside: beside && (x === left || boxes.some((o) => o.left + o.width === x)),
        }).toMatchObject({
          beside: true,
        })
      }
    }
  }
})

test('who comes later stands later, and moves nobody of the main row', () => {
  for (const name of NAMES) {
    for (const stage of SCREENS) {
      const [main] = layoutOf(name)(3, stage)
      expect(layoutOf(name)(3, stage)).toEqual(layoutOf(name)(3, stage))
      // up to three others, the place of the main person is the same where the template is named after it
      if (['float', '1v3', '1u3d', 'vertical1v3', '1l3r'].includes(name)) {
        for (const people of [2, 4]) expect(layoutOf(name)(people, stage)[0]).toEqual(main)
      }
    }
  }
})

test('the sizes are those that pages were made for', () => {
  const stage = frame(1000, 3000, 0, 0)
  const [main, side] = layoutOf('vertical1v3')(4, stage)
  expect(main).toEqual({ left: 0, top: 0, width: 692, height: 1231 })
  expect(side).toMatchObject({ left: 692, width: 308, height: 410 })
  expect(layoutOf('1v3')(1, stage)).toEqual([{ left: 0, top: 0, width: 1000, height: 896 }])
  expect(layoutOf('1v3')(4, stage).map(({ height }) => height)).toEqual([563, 333, 333, 333])
  expect(layoutOf('1u3d')(4, stage)[1]?.height).toBe(444)
  expect(layoutOf('1v1')(2, stage)[0]).toEqual({ left: 35, top: 0, width: 460, height: 613 })
  expect(layoutOf('float')(2, stage)[1]).toEqual({ left: 686, top: 2392, width: 306, height: 408 })
})

test('a PK has its own show at the left and the rival at the right, guests below; one mixed picture fills the same band', () => {
  const stage = frame(375, 812)
  const [own, guest, rival] = layoutOf('pk')(3, stage)
  expect(own).toMatchObject({ left: 0, top: 108 })
  expect(rival).toMatchObject({ left: own?.width, top: 108, height: own?.height })
  expect(guest?.top).toBe(108 + (own?.height ?? 0))
  expect(bandOf(stage)).toEqual(fitted({ left: 0, top: 108, width: 375, height: 604 }, 8 / 9))
})
