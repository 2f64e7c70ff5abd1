import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../../../miniprogram/stores/media/codes'
import { playbackStep } from '../../../../miniprogram/stores/media/playback-machine'
import {
  newPlayback,
  type PlaybackEvent,
  type PlaybackModel,
} from '../../../../miniprogram/stores/media/playback-model'
import { publisherStep } from '../../../../miniprogram/stores/media/publisher-machine'
import {
  newPublisher,
  type PublisherEvent,
  type PublisherModel,
} from '../../../../miniprogram/stores/media/publisher-model'
import { standardPlan } from '../../../../miniprogram/stores/retry-plan'
import fc from '../../../support/property'

const retry = standardPlan(() => 0.5)
const UNLISTED = [12345, -77, 1, 2034, Number.NaN, 1e21]

test('the tables hold the codes that decide over a show', () => {
  const pusher = [1002, 1005, 1101, 1102, 3005, 3004, 3008, 5000, 5001, -1301, -1302, -1303, -1305, -1307, -1311, -1313]
  expect(pusher.map((code) => PUSHER_CODES.get(code)?.reaction)).toEqual([
    'published',
    'weak-proof',
    'poor',
    'wait',
    'wait',
    'refuse',
    'repush',
    'suspend',
    'suspend',
    'camera-failed',
    'microphone-failed',
    'encode-failed',
    'step-down',
    'repush',
    'microphone-again',
    'bad-url',
  ])
  const player = [2003, 2004, 2006, 2007, 2101, 2103, 2105, 2109, -2301, -2304, -2308, 6000]
  expect(player.map((code) => PLAYER_CODES.get(code)?.reaction)).toEqual([
    'picture',
    'picture',
    'replay',
    'loading',
    'loss',
    'wait',
    'poor',
    'recreate',
    'replay',
    'codec',
    'refuse',
    'suspend',
  ])
  expect([10001, 10002, 1001, 1002].map((code) => PUSHER_ERRORS.get(code)?.reaction)).toEqual([
    'ask-camera',
    'ask-microphone',
    'ask-camera',
    'ask-microphone',
  ])
})

const timers = ['watchdog', 'repush', 'stable', 'quality', 'encode', 'device', 'resume'] as const
const publisherEvent: fc.Arbitrary<PublisherEvent> = fc.oneof(
  fc.constantFrom(...PUSHER_CODES.keys(), ...UNLISTED).map((code) => ({ type: 'code', code }) as const),
  fc.constantFrom(...PUSHER_ERRORS.keys(), ...UNLISTED).map((code) => ({ type: 'error', code }) as const),
  fc.constantFrom(...timers).map((name) => ({ type: 'timer', name }) as const),
  fc.constantFrom<PublisherEvent>(
    { type: 'preview' },
    { type: 'push', url: 'rtmp://a' },
    { type: 'url', url: 'rtmp://b' },
    { type: 'url-failed', retryInMs: 0 },
    { type: 'release' },
    { type: 'again' },
    { type: 'mode', mode: 'FHD' },
    { type: 'bitrate', kbps: 800 },
    { type: 'bitrate', kbps: Number.NaN },
    { type: 'start-failed' },
    { type: 'hide' },
    { type: 'show' },
    { type: 'call', phase: 'begin' },
    { type: 'call', phase: 'end' },
    { type: 'online' },
    { type: 'not-received' },
  ),
)

test('any events in any order: the publisher never throws, and binds a URL only while it is of use (M76, M89, M158)', () => {
  fc.assert(
    fc.property(fc.array(publisherEvent, { maxLength: 40 }), (events) => {
      let model: PublisherModel = newPublisher
      let now = 0
      for (const event of events) {
        const before = model
        const step = publisherStep(model, event, { now, retry })
        model = step.model
        now += 700
        const bound = model.state === 'connecting' || model.state === 'publishing' || model.waiting === 'sdk'
        expect(model.url !== '').toBe(bound)
        expect(model.waiting !== null).toBe(model.state === 'reconnecting')
        const starts = step.effects.some(({ do: what }) => what === 'start' || what === 'preview')
        if (starts) expect([model.wish !== 'off', model.hidden && event.type !== 'preview']).toEqual([true, false])
        if (event.type === 'release') expect([model.wish, model.url]).toEqual(['off', ''])
        if (before.wish === 'off' && !['push', 'preview'].includes(event.type)) expect(model.wish).toBe('off')
      }
    }),
  )
})

const playbackTimers = ['watchdog', 'spinner', 'replay', 'stable', 'quality', 'check', 'resume'] as const
const source = fc.record({ address: fc.constantFrom('http://a.flv', 'http://b.flv'), live: fc.boolean() })
const playbackEvent: fc.Arbitrary<PlaybackEvent> = fc.oneof(
  fc.constantFrom(...PLAYER_CODES.keys(), ...UNLISTED).map((code) => ({ type: 'code', code }) as const),
  fc.constantFrom(...playbackTimers).map((name) => ({ type: 'timer', name }) as const),
  source.map((s) => ({ type: 'open', source: s }) as const),
  source.map((s) => ({ type: 'source', source: s }) as const),
  source.map((s) => ({ type: 'answer', source: s }) as const),
  fc.constantFrom<PlaybackEvent>(
    { type: 'no-answer', retryInMs: 0 },
    { type: 'release' },
    { type: 'again' },
    { type: 'error' },
    { type: 'play-failed' },
    { type: 'bitrate', kbps: 500 },
    { type: 'hide' },
    { type: 'show' },
    { type: 'online' },
  ),
)

test('any events in any order: the player never throws, and binds an address only while it is of use (M89, M95)', () => {
  fc.assert(
    fc.property(fc.array(playbackEvent, { maxLength: 40 }), (events) => {
      let model: PlaybackModel = newPlayback
      let now = 0
      for (const event of events) {
        const step = playbackStep(model, event, { now, retry })
        model = step.model
        now += 700
        expect(model.src !== '').toBe(model.state === 'connecting' || model.state === 'playing')
        expect(model.waiting !== null).toBe(model.state === 'reconnecting')
        if (step.effects.some(({ do: what }) => what === 'play')) {
          expect([model.wish, model.live, model.hidden]).toEqual([true, true, false])
        }
        if (event.type === 'release') expect([model.wish, model.src]).toEqual([false, ''])
      }
    }),
  )
})
