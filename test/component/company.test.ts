import fs from 'node:fs'
import path from 'node:path'
import { laneOf } from '../../miniprogram/components/live-stage/lane'
import type { Box, Frame } from '../../miniprogram/components/live-stage/layouts/frame'
import { templateOf } from '../../miniprogram/components/live-stage/layouts/index'
import { pagedFrame, pagerStyle } from '../../miniprogram/components/live-stage/paging'
import { swipeOf } from '../../miniprogram/components/live-stage/swipe'
import { frameOf, talkOf } from '../../miniprogram/components/room/layout'
import fc from '../support/property'

const NAMES = ['float', 'vertical1v3', '1v3', 'grid', 'pk', '1v1', '2v2', '1l3r', '1u3d']
/** What a name needs at the foot of a picture (px). */
const NAME = 30

const screen = (width: number, height: number) => {
  const rect = (left: number, top: number, right: number, bottom: number) => ({
    left,
    top,
    right,
    bottom,
    width: right - left,
    height: bottom - top,
  })
  return {
    windowWidth: width,
    windowHeight: height,
    statusBarHeight: 20,
    safeArea: rect(0, 20, width, height),
    menu: rect(width - 94, 26, width - 7, 58),
  }
}
const FRAMES = [
  [320, 568],
  [375, 812],
  [414, 896],
  [768, 1024],
  [812, 375],
  [1024, 768],
].map(([width = 0, height = 0]) => frameOf(screen(width, height)))

const companyOf = (name: string, people: number, frame: Frame): Box[] => {
  const boxes = templateOf(name, () => {}).layout(people, frame)
  return name === 'float' ? boxes.slice(1) : boxes
}

describe.each(NAMES)('company in %s', (name) => {
  test.each(FRAMES)('leaves the last lines of the chat their room on $width x $height', (frame) => {
    const { width, height, insets, talk } = frame
    for (const people of [2, 3, 4, 7, 9]) {
      const boxes = companyOf(name, people, frame)
      // One column of small pictures stands beside the words.
      const column = name === 'float' && new Set(boxes.map(({ left }) => left)).size === 1
      for (const box of boxes) {
        if (width > height) expect(box.left).toBeGreaterThanOrEqual(insets.left + talk)
        else if (column) expect(box.left).toBeGreaterThanOrEqual(width * 0.66)
        else expect(box.top + box.height).toBeLessThanOrEqual(height - insets.bottom - talk)
      }
    }
  })

  test('has a lane over it for what flies, which touches no name where one track fits', () => {
    for (const frame of FRAMES) {
      for (const people of [2, 3, 4, 7]) {
        const boxes = companyOf(name, people, frame)
        const lane = laneOf(boxes, frame)
        const names = Math.min(...boxes.map(({ top, height }) => top + height - NAME))
        expect(lane.height % 34).toBe(0)
        if (lane.height > 34) expect(lane.top + lane.height).toBeLessThanOrEqual(names)
      }
    }
  })
})

test('in float small pictures stand in one column as long as they are not too small', () => {
  const columns = (people: number, frame: Frame) =>
    new Set(companyOf('float', people, frame).map(({ left }) => left)).size
  const [small, phone] = FRAMES
  expect([2, 3, 4].map((people) => columns(people, small as Frame))).toEqual([1, 1, 1])
  expect([4, 5, 7].map((people) => columns(people, phone as Frame))).toEqual([1, 1, 2])
})

test('pages stand between the pictures and the words, inside of the stage', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FRAMES), fc.constantFrom(...NAMES), (frame, name) => {
      const paged = pagedFrame(frame)
      const [left = 0, top = 0, width = 0] = (pagerStyle(paged).match(/\d+/g) ?? []).map(Number)
      const bottom = frame.height - frame.insets.bottom - (frame.width > frame.height ? 0 : frame.talk)
      expect(top + 44).toBeLessThanOrEqual(bottom)
      expect(left + width).toBeLessThanOrEqual(frame.width)
      for (const box of companyOf(name, 7, paged)) expect(box.top + box.height).toBeLessThanOrEqual(top)
    }),
  )
})

test('a finger turns a page by a clear move to the side, and by nothing else', () => {
  const from = { clientX: 200, clientY: 300 }
  const to = (right: number, down = 0) => swipeOf(from, { clientX: 200 + right, clientY: 300 + down })
  expect([to(-80), to(80), to(-40), to(-80, 60), to(0, 200)]).toEqual([1, -1, 0, 0, 0])
})

test('the styles of the room give the words the height that the layout leaves them', () => {
  const file = path.resolve(__dirname, '../../miniprogram/components/live-room/live-room.wxss')
  const heights = [
    ...fs.readFileSync(file, 'utf8').matchAll(/\.room--beside \.barrage {\s+--live-barrage-height: (\d+)px/g),
  ]
  const [usual, high, low] = heights.map(([, px]) => Number(px))
  const left = (height: number) => talkOf({ width: 320, height }) - 4
  expect([usual, high, low]).toEqual([left(812), left(1024), left(568)])
})
