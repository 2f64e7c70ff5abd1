import { observable, runInAction } from 'mobx-miniprogram'
import { FLOOR_MS, Floor, floorStep, nobody, takenIn } from '../../../../../miniprogram/stores/room/stage/floor'
import type { Slot } from '../../../../../miniprogram/stores/room/stage/types'
import { Scope } from '../../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../../support/fakes/clock'
import fc from '../../../../support/property'

function stage() {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const heard = observable({ talking: [] as Slot[] }, {}, { deep: false })
  const floor = new Floor(scope, () => heard.talking)
  floor.begin()
  const talk = (...talking: Slot[]) => runInAction(() => Object.assign(heard, { talking }))
  return { clock, scope, floor, talk }
}

test('who talks for a second and a half has the floor, a shorter word gives it to nobody', () => {
  const { clock, floor, talk } = stage()
  talk('seat-1')
  clock.advance(FLOOR_MS - 1)
  expect(floor.slot).toBeNull()
  clock.advance(1)
  expect(floor.slot).toBe('seat-1')
  talk('seat-2')
  clock.advance(FLOOR_MS - 1)
  talk()
  clock.advance(60_000)
  expect(floor.slot).toBe('seat-1')
})

test('while somebody talks nobody takes the floor from him; when he stops, who has waited longest does at once', () => {
  const { clock, floor, talk } = stage()
  talk('seat-1')
  clock.advance(FLOOR_MS)
  talk('seat-1', 'seat-3')
  clock.advance(500)
  talk('seat-1', 'seat-2', 'seat-3')
  clock.advance(10_000)
  expect(floor.slot).toBe('seat-1')
  talk('seat-2', 'seat-3')
  expect(floor.slot).toBe('seat-3')
})

test('in silence the last one keeps it, and no timer runs', () => {
  const { clock, floor, talk } = stage()
  talk('seat-1')
  clock.advance(FLOOR_MS)
  talk()
  expect([floor.slot, clock.pending]).toEqual(['seat-1', 0])
})

test('it ends with the visit, and with the room no timer is left', () => {
  const { clock, scope, floor, talk } = stage()
  talk('seat-1')
  clock.advance(FLOOR_MS)
  floor.end()
  expect(floor.slot).toBeNull()
  floor.begin()
  expect(clock.pending).toBe(1)
  scope.end()
  talk('seat-2')
  expect(clock.pending).toBe(0)
})

test('however people talk at once, the floor changes only to somebody who has talked long enough', () => {
  const slot = fc.constantFrom<Slot>('seat-1', 'seat-2', 'seat-3')
  const moment = fc.record({ ms: fc.integer({ min: 1, max: 4000 }), talking: fc.uniqueArray(slot) })
  fc.assert(
    fc.property(fc.array(moment), (moments) => {
      let [model, now] = [nobody, 0]
      for (const { ms, talking } of moments) {
        now += ms
        const next = floorStep(model, talking, now)
        if (next.slot !== model.slot) {
          expect(now - (next.since.get(next.slot as Slot) ?? now)).toBeGreaterThanOrEqual(FLOOR_MS)
          expect(model.slot && talking.includes(model.slot)).toBeFalsy()
        }
        const wait = takenIn(next, now)
        if (wait !== null) expect(floorStep(next, talking, now + wait).slot).not.toBe(next.slot)
        model = next
      }
    }),
  )
})
