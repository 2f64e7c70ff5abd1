import { Sky, WAITING_MAX } from '../../miniprogram/components/barrage-flight/sky'
import { GAP, isGone, leftOf, type Place, Tracks } from '../../miniprogram/components/barrage-flight/tracks'
import { HEARTS_MAX, Hearts } from '../../miniprogram/components/heart-layer/hearts'
import type { Pen, Surface } from '../../miniprogram/components/shared/canvas-loop'
import fc from '../support/property'
import { mountPart } from './support/part'

/** Two places of one track are apart at every moment at which both are on the screen. */
function apart(a: Place, b: Place, screen: number): boolean {
  const from = Math.max(a.at, b.at)
  for (let now = from; !isGone(a, screen, now) && !isGone(b, screen, now); now += 16) {
    const [left, right] = [leftOf(a, screen, now), leftOf(b, screen, now)]
    if (left < right + b.width + GAP - 1 && right < left + a.width + GAP - 1) return false
  }
  return true
}

test('no two lines of a track ever touch, however long they are and whenever they come', () => {
  const come = fc.array(
    fc.record({ width: fc.integer({ min: 8, max: 900 }), after: fc.integer({ min: 0, max: 900 }) }),
    {
      minLength: 2,
      maxLength: 60,
    },
  )
  fc.assert(
    fc.property(come, fc.integer({ min: 200, max: 900 }), fc.integer({ min: 1, max: 4 }), (lines, screen, count) => {
      const tracks = new Tracks(count, screen)
      const places: Place[] = []
      let now = 0
      for (const { width, after } of lines) {
        now += after
        const place = tracks.place(width, now)
        if (place) places.push(place)
      }
      for (const a of places) {
        for (const b of places) if (a !== b && a.track === b.track) expect(apart(a, b, screen)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('a track that is empty takes a line at once, and again as soon as the one before has come in', () => {
  const tracks = new Tracks(1, 400)
  expect(tracks.place(100, 0)).toMatchObject({ track: 0, at: 0 })
  expect(tracks.place(100, 0)).toBeNull()
  expect(tracks.place(100, 1000)).toBeNull()
  expect(tracks.place(100, 2100)).not.toBeNull()
})

/** A canvas that notes what it is told to draw. */
function paper(width = 375, height = 204) {
  const drawn: string[] = []
  const pen = new Proxy({} as Pen, {
    get: (_, name) => {
      if (name === 'measureText') return (text: string) => ({ width: 10 * text.length })
      return (first: unknown) => {
        if (name === 'fillText' || name === 'bezierCurveTo') drawn.push(String(first))
      }
    },
    set: () => true,
  })
  return { drawn, surface: { pen, width, height } satisfies Surface }
}

test('1,000 lines a second: what waits and what flies is bounded, and one frame draws no more than fits', () => {
  const sky = new Sky()
  const { drawn, surface } = paper()
  let most = 0
  for (let now = 0; now < 5000; now += 16) {
    sky.add(Array.from({ length: 16 }, (_, i) => ({ text: `line ${now} ${i}`, mine: false })))
    expect(sky.size.waiting).toBeLessThanOrEqual(WAITING_MAX)
    drawn.length = 0
    expect(sky.draw(surface, now)).toBe(true)
    most = Math.max(most, drawn.length)
  }
  expect(most).toBeGreaterThan(6)
  expect(most).toBeLessThanOrEqual(36)
  for (let now = 5000; now < 60_000; now += 16) sky.draw(surface, now)
  expect(sky.draw(surface, 60_000)).toBe(false)
})

test('what one has written oneself flies first', () => {
  const sky = new Sky()
  const { drawn, surface } = paper(375, 34)
  sky.add(Array.from({ length: 40 }, (_, i) => ({ text: `${i}`, mine: false })))
  sky.add([{ text: 'me', mine: true }])
  sky.draw(surface, 0)
  expect(drawn).toEqual(['me'])
})

test('a flood of hearts is a steady stream from a pool that does not grow, and ends', () => {
  const hearts = new Hearts(() => 0.5)
  const { drawn, surface } = paper(120, 320)
  for (let now = 0; now < 10_000; now += 16) {
    hearts.add(1000)
    drawn.length = 0
    expect(hearts.draw(surface, now)).toBe(true)
    expect(drawn.length).toBeLessThanOrEqual(2 * HEARTS_MAX)
  }
  expect(hearts.size.pool).toBe(HEARTS_MAX)
  hearts.clear()
  expect(hearts.draw(surface, 10_000)).toBe(false)
})

/** A canvas node whose frames the test runs. */
function node(size = { width: 120, height: 320 }) {
  const frames = new Map<number, (now: number) => void>()
  let id = 0
  const { surface } = paper()
  const canvas = {
    width: 0,
    height: 0,
    getContext: () => surface.pen,
    requestAnimationFrame: (task: (now: number) => void) => {
      frames.set(++id, task)
      return id
    },
    cancelAnimationFrame: (frame: number) => frames.delete(frame),
  }
  const found = { ...size, node: canvas }
  const createSelectorQuery = () => {
    const query = {
      select: () => query,
      fields: (_: object, told: (answer: object) => void) => ({ exec: () => told(found) }),
    }
    return query
  }
  const run = (now: number) => {
    const due = [...frames.values()]
    frames.clear()
    for (const task of due) task(now)
  }
  return { canvas, found, frames, createSelectorQuery, run }
}

const withHearts = (paperNode: ReturnType<typeof node>) => {
  let burst: (count: number) => void = () => {}
  Object.assign(wx, { canIUse: () => true, getWindowInfo: () => ({ pixelRatio: 3 }) })
  const likes = {
    onHearts: (handler: typeof burst) => {
      burst = handler
      return () => {
        burst = () => {}
      }
    },
  }
  const part = mountPart('heart-layer', () => ({ likes }), { kit: { clock: { random: () => 0.5 } } })
  part.instance.createSelectorQuery = paperNode.createSelectorQuery
  return { part, burst: (count: number) => burst(count) }
}

test('one loop of frames draws all hearts, at twice the pixels at most, and stops when none flies', () => {
  const paperNode = node()
  const { burst } = withHearts(paperNode)
  for (let i = 0; i < 20; i++) burst(1)
  expect(paperNode.frames.size).toBe(1)
  expect([paperNode.canvas.width, paperNode.canvas.height]).toEqual([240, 640])
  for (let now = 0; now < 1000; now += 16) paperNode.run(now)
  expect(paperNode.frames.size).toBe(1)
  paperNode.run(9000)
  expect(paperNode.frames.size).toBe(0)
  burst(1)
  expect(paperNode.frames.size).toBe(1)
})

test('a canvas of another size is measured anew while it runs, and goes on as one loop', () => {
  const paperNode = node()
  const { part, burst } = withHearts(paperNode)
  burst(5)
  paperNode.run(0)
  Object.assign(paperNode.found, { width: 90, height: 200 })
  part.set({ size: '812x375' })
  expect([paperNode.canvas.width, paperNode.canvas.height, paperNode.frames.size]).toEqual([180, 400, 1])
  for (let now = 0; now < 10_000; now += 16) paperNode.run(now)
  // Nothing flies: the next one measures anyway.
  Object.assign(paperNode.found, { width: 120, height: 320 })
  part.set({ size: '375x812' })
  expect([paperNode.canvas.width, paperNode.frames.size]).toEqual([180, 0])
})

test('nothing is drawn after detach (M111)', () => {
  const paperNode = node()
  const { part, burst } = withHearts(paperNode)
  burst(5)
  part.detach()
  expect(paperNode.frames.size).toBe(0)
  burst(5)
  expect(paperNode.frames.size).toBe(0)
})

test('a canvas that is not shown, or not there, draws nothing and throws nothing (P56)', () => {
  for (const missing of [{ width: 0 }, { node: undefined }]) {
    const paperNode = node()
    Object.assign(paperNode.found, missing)
    const { burst } = withHearts(paperNode)
    burst(5)
    expect(paperNode.frames.size).toBe(0)
  }
})
