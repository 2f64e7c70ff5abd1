import { avcCodec, cropTo, targetSize, videoBitrate } from '../../../preview/media/quality'
import fc from '../../support/property'

describe('size and bitrate of a push', () => {
  test.each([
    ['SD', 'vertical', '9:16', 360, 640],
    ['HD', 'vertical', '9:16', 540, 960],
    ['FHD', 'vertical', '9:16', 1080, 1920],
    ['HD', 'horizontal', '9:16', 960, 540],
    ['SD', 'vertical', '3:4', 360, 480],
    ['nonsense', 'vertical', '9:16', 360, 640],
  ])('%s %s %s is %dx%d', (mode, orientation, aspect, width, height) => {
    expect(targetSize(mode, orientation, aspect)).toEqual({ width, height })
  })

  test('the level holds the picture: a level too low is refused by encoders', () => {
    expect(avcCodec({ width: 360, height: 640 }, 15)).toBe('avc1.42E01E')
    expect(avcCodec({ width: 960, height: 540 }, 30)).toBe('avc1.42E01F')
    expect(avcCodec({ width: 1280, height: 720 }, 30)).toBe('avc1.42E01F')
    expect(avcCodec({ width: 1080, height: 1920 }, 30)).toBe('avc1.42E028')
    expect(avcCodec({ width: 3840, height: 2160 }, 30)).toBe('avc1.42E033')
  })

  test('the bitrate stays between the limits of the tag', () => {
    expect(videoBitrate('HD', 200, 1000)).toBe(1_000_000)
    expect(videoBitrate('SD', 200, 1000)).toBe(800_000)
    expect(videoBitrate('SD', 900, 1000)).toBe(900_000)
    expect(videoBitrate('FHD', 0, 0)).toBe(2_500_000)
  })

  const side = fc.integer({ min: 64, max: 4000 })
  test('a cut is even, inside the source, never scaled up and not stretched', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom('SD', 'HD', 'FHD'), fc.boolean(), (width, height, mode, lying) => {
        const target = targetSize(mode, lying ? 'horizontal' : 'vertical', '9:16')
        const { crop, size } = cropTo({ width, height }, target)
        for (const n of [...Object.values(crop), ...Object.values(size)]) expect(n % 2).toBe(0)
        expect(crop.x + crop.width).toBeLessThanOrEqual(width)
        expect(crop.y + crop.height).toBeLessThanOrEqual(height)
        expect(size.width).toBeLessThanOrEqual(crop.width)
        expect(size.height).toBeLessThanOrEqual(crop.height)
        // Rounding to even pixels may move each side by one pixel.
        const error = Math.abs(crop.width / crop.height - target.width / target.height)
        expect(error).toBeLessThan((target.width / target.height) * (2 / crop.width + 2 / crop.height))
      }),
    )
  })
})
