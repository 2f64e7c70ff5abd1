import { fitScale } from '../../../preview/shell/fit'

/** What the phones need at a scale, from the sizes that shell.css draws. */
const rowWidth = (scale: number, phones: number, panels: number) =>
  48 + 397 * scale * phones + 44 * (phones - 1) + 296 * panels
const fullHeight = (scale: number) => 120 + 46 + 834 * scale

describe('the size of phones on the page', () => {
  test('a large window shows them as large as real ones', () => {
    expect(fitScale(1920, 1200, 2, 0)).toBe(1)
  })

  test.each([
    [1280, 800, 2, 0],
    [1280, 960, 2, 2],
    [1600, 1000, 3, 1],
    [800, 900, 2, 0],
  ])('%i x %i shows %i whole phones in a row with %i panels', (width, height, phones, panels) => {
    const scale = fitScale(width, height, phones, panels)
    expect(rowWidth(scale, phones, panels)).toBeLessThanOrEqual(width)
    expect(fullHeight(scale)).toBeLessThanOrEqual(height)
  })

  test('a narrow window shows one below the other, none of them cut', () => {
    const scale = fitScale(360, 900, 2, 1)
    expect(scale).toBeGreaterThan(0.7)
    expect(rowWidth(scale, 1, 0)).toBeLessThanOrEqual(360)
  })

  test('a phone never becomes too small to read', () => {
    expect(fitScale(400, 300, 8, 8)).toBe(0.6)
  })

  test('without a phone there is nothing to divide by', () => {
    expect(fitScale(1280, 800, 0, 0)).toBeLessThanOrEqual(1)
  })
})
