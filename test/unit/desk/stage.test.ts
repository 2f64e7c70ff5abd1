import { wholeIn } from '../../../desk/media/whole-in'
import { cellOf, gridOf } from '../../../desk/view/stage/cells'
import fc from '../../support/property'

const STANDING = 9 / 16
const LYING = 16 / 9

test.each([
  [1, LYING, STANDING, 1, 1],
  [2, LYING, STANDING, 2, 1],
  [4, LYING, STANDING, 4, 1],
  [4, LYING, LYING, 2, 2],
  [6, LYING, LYING, 3, 2],
  [2, STANDING, LYING, 1, 2],
  [0, LYING, STANDING, 1, 1],
])('%i people in a frame of %f with pictures of %f: %i columns, %i rows', (people, frame, picture, columns, rows) => {
  expect(gridOf(people, frame, picture)).toEqual({ columns, rows })
})

test('everybody has a cell of his own, inside of the grid', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.3, max: 3, noNaN: true }), (people, frame) => {
      const grid = gridOf(people, frame, STANDING)
      const cells = Array.from({ length: people }, (_, i) => cellOf(i, grid))
      expect(new Set(cells.map(({ column, row }) => `${column}/${row}`)).size).toBe(people)
      for (const { column, row } of cells) {
        expect(column).toBeLessThanOrEqual(grid.columns)
        expect(row).toBeLessThanOrEqual(grid.rows)
      }
    }),
  )
})

test('a shared screen is sent whole: its own proportions, and no more pixels than the quality asks for', () => {
  const target = { width: 960, height: 540 }
  expect(wholeIn({ width: 1920, height: 1080 }, target)).toEqual(target)
  // Proportions that no phone has, and a screen that is smaller than what is asked for.
  expect(wholeIn({ width: 1600, height: 1200 }, target)).toEqual({ width: 832, height: 624 })
  expect(wholeIn({ width: 640, height: 360 }, target)).toEqual({ width: 640, height: 360 })
  expect(wholeIn({}, target)).toEqual(target)
})
