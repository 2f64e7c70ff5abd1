import { reaction } from 'mobx-miniprogram'
import {
  PAUSE_MS,
  silent,
  Voice,
  type VoiceModel,
  voiceStep,
  volumeOf,
} from '../../../../miniprogram/stores/media/voice'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import fc from '../../../support/property'

/** Reports every 300 ms, as the tags send them, from time 0 on. */
const after = (levels: readonly (number | null)[]): VoiceModel =>
  levels.reduce((model, level, i) => voiceStep(model, level, i * 300), silent)

test('one loud moment is no word, two reports in a row are', () => {
  expect(after([60]).talking).toBe(false)
  expect(after([60, 5]).talking).toBe(false)
  expect(after([60, 5, 60, 5, 60]).talking).toBe(false)
  expect(after([60, 60]).talking).toBe(true)
})

test('what begins a word has to be louder than what continues it', () => {
  expect(after([15, 15, 15, 15]).talking).toBe(false)
  expect(after([25, 15]).talking).toBe(true)
  expect(after([25, 15, 12, 15, 12]).talking).toBe(true)
})

test('between two words nobody has stopped talking; after them he has', () => {
  expect(after([60, 60, 0, 0, 60]).talking).toBe(true)
  expect(after([60, 60, 0, 0]).talking).toBe(true)
  expect(after([60, 60, 0, 0, 0]).talking).toBe(false)
})

test('a level that wavers around a limit changes nothing', () => {
  const wavering = Array.from({ length: 40 }, (_, i) => (i % 2 ? 19 : 21))
  const told = wavering.map((_, i) => after(wavering.slice(0, i + 1)).talking)
  expect(told.filter((talking, i) => i > 0 && talking !== told[i - 1])).toHaveLength(1)
})

test('whatever is reported: who talks was loud, and silence for a pause ends it', () => {
  const level = fc.option(fc.integer({ min: -20, max: 200 }))
  fc.assert(
    fc.property(fc.array(level, { maxLength: 30 }), (levels) => {
      const model = after(levels)
      if (model.talking) expect(levels.some((each) => each !== null && each >= 20)).toBe(true)
      expect(voiceStep(model, 0, levels.length * 300 + PAUSE_MS).talking).toBe(false)
    }),
  )
})

test('the event is read as the clients send it, and nothing else is', () => {
  expect([{ volume: 42 }, { volume: '42' }, { info: { volume: 42 } }].map(volumeOf)).toEqual([42, 42, 42])
  expect([{}, null, undefined, { volume: 'loud' }, { info: null }, 'x'].map(volumeOf)).toEqual(Array(6).fill(null))
})

describe('a voice', () => {
  function listen() {
    const clock = new FakeClock()
    const scope = new Scope(clock)
    const voice = new Voice(scope)
    const told: boolean[] = []
    scope.onEnd(
      reaction(
        () => voice.talking,
        (talking) => told.push(talking),
      ),
    )
    const say = (volume: number, times: number) => {
      for (let i = 0; i < times; i++) {
        voice.note({ volume })
        clock.advance(300)
      }
    }
    return { clock, scope, voice, told, say }
  }

  test('tells a change, and not every level', () => {
    const { told, say } = listen()
    say(70, 20)
    say(3, 20)
    expect(told).toEqual([true, false])
  })

  test('of a stream that stops without a word ends, too', () => {
    const { clock, voice, told, say } = listen()
    say(70, 3)
    clock.advance(PAUSE_MS)
    expect([voice.talking, told]).toEqual([false, [true, false]])
  })

  test('keeps no timer when its tag is gone, and hears nothing any more', () => {
    const { clock, scope, voice, say } = listen()
    say(70, 3)
    scope.end()
    expect(clock.pending).toBe(0)
    voice.note({ volume: 90 })
    expect(clock.pending).toBe(0)
  })
})
