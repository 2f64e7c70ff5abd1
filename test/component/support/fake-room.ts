import type { ScreenLayout } from '../../../miniprogram/services/device/port'
import type { ChatLine } from '../../../miniprogram/stores/room/chat'
import { roomView } from '../../support/fakes/room-view'
import { fakePeople } from './fake-people'
import { LOOKS } from './own-camera'
import type { Seen } from './part'

/** What a test sets and reads of a room that the component opened. */
// biome-ignore lint/suspicious/noExplicitAny: a model whose every field a test may overwrite
export type FakeRoom = any

export interface Stage {
  room: FakeRoom
  /** Method calls on the model, in order. */
  calls: string[]
  /** Handles attached and withdrawn. */
  handles: { attached: number; withdrawn: number }
  /** Changes observable fields in one action. */
  act(change: () => void): void
  say(lines: readonly ChatLine[]): void
  /** Running second hands. */
  ticking: number
}

const layout: ScreenLayout = {
  windowWidth: 375,
  windowHeight: 812,
  statusBarHeight: 44,
  safeArea: { top: 44, left: 0, right: 375, bottom: 778, width: 375, height: 734 },
  menu: { top: 48, left: 278, right: 365, bottom: 80, width: 87, height: 32 },
}

const METHODS = [
  'prepare',
  'start',
  'resumeShow',
  'close',
  'enter',
  'leave',
  'retry',
  'openSettings',
  'like',
  'show',
  'hide',
  'end',
]

const LINK = ['request', 'cancel', 'accept', 'decline', 'confirm', 'leave', 'setMicOff', 'setCameraOff']
const DESK = ['accept', 'reject', 'invite', 'kick', 'quiet']

const SOMEBODY = { userId: 'me', name: 'Me' }

/** A stage with one tile while its media is active, unless a test says who is there: `stage.room.stage.cast(places, tiles)`. */
function fakeStage(
  stage: Stage,
  seen: (fields: Record<string, unknown>) => FakeRoom,
  publisher: FakeRoom,
  playback: FakeRoom,
) {
  const { placesOf } = require('../../../miniprogram/stores/room/stage/places')
  const said = seen({ places: null, tiles: null, mixed: false, camera: publisher })
  return {
    get places() {
      return said.places ?? (stage.room.room ? placesOf(stage.room.room, SOMEBODY.userId) : [])
    },
    get shown() {
      return this.places
    },
    pages: 1,
    page: 0,
    talking: [],
    speaker: null,
    get tiles() {
      if (said.tiles) return said.tiles
      const media = publisher ? { kind: 'camera', publisher } : { kind: 'picture', playback }
      return (publisher ?? playback).active ? [{ key: 'anchor-1', slot: 'anchor', leaving: false, media }] : []
    },
    get mixed() {
      return said.mixed
    },
    get camera() {
      return said.camera
    },
    limit: 6,
    setMuted: (muted: boolean) => playback.setMuted(muted),
    cast: (cast: object) => stage.act(() => Object.assign(said, cast)),
  }
}

/** Gives the components of this module registry a kit whose rooms do what the test says. Call it in `before`. */
export function provideFakeRoom(stage: Stage, canShowMedia = true): void {
  const { observable, runInAction } = require('mobx-miniprogram')
  const { provideKit } = require('../../../miniprogram/stores/kit')
  const seen: Seen = (fields) => observable(fields, {}, { deep: false })
  const media = {
    net: { bars: null },
    attach: () => {
      stage.handles.attached++
      return () => {
        stage.handles.withdrawn++
      }
    },
    ...Object.fromEntries(
      [
        'onCode',
        'onError',
        'onNetStatus',
        'onVolume',
        'flip',
        'setMuted',
        'setCameraOn',
        'setPureAudio',
        'setMode',
        'setBeauty',
        'setWhiteness',
        'setOrientation',
        'pause',
        'resume',
      ].map((name) => [name, (...args: unknown[]) => stage.calls.push([name, ...args].join(' '))]),
    ),
  }
  stage.act = (change) => runInAction(change)
  const openLiveRoom = ({ role }: { role: 'anchor' | 'audience' }) => {
    const publisher = Object.assign(
      seen({
        active: false,
        url: '',
        state: 'off',
        quality: 'unknown',
        mode: 'HD',
        muted: false,
        cameraOn: true,
        facing: 'front',
        beauty: 5,
        whiteness: 3,
        looks: LOOKS,
      }),
      media,
    )
    const playback = Object.assign(
      seen({ active: false, src: '', mode: 'live', state: 'off', spinner: false, muted: false }),
      media,
    )
    const picture = Object.assign(seen({ path: '', uploading: false, problem: null, awaited: false }), {
      choose: async () => stage.calls.push('choose picture'),
      remove: () => stage.calls.push('remove picture'),
    })
    const handlers = new Set<Stage['say']>()
    const onBatch = (handler: Stage['say']) => {
      handlers.add(handler)
      return () => handlers.delete(handler)
    }
    stage.say = (lines) => {
      for (const handler of handlers) handler(lines)
    }
    /** Methods that only leave a trace. */
    const traced = (part: string, names: readonly string[]) =>
      Object.fromEntries(
        names.map((name) => [
          name,
          async (...args: unknown[]) => {
            stage.calls.push([`${part}.${name}`, ...args.map((arg) => JSON.stringify(arg))].join(' '))
          },
        ]),
      )
    stage.room = seen({
      phase: 'setup',
      room: null,
      counts: { viewers: 0, likes: 0, totalViewers: 0, peakViewers: 0, pk: null },
      summary: null,
      fault: null,
      closesAt: null,
      elapsedMs: 0,
    })
    const { link, ...people } = fakePeople(seen)
    Object.assign(stage.room, people, {
      role,
      owner: role === 'anchor',
      endsByLeaving: role === 'anchor',
      canShowMedia,
      publisher: role === 'anchor' ? publisher : null,
      playback: role === 'audience' ? playback : null,
      chat: Object.assign(seen({ notice: null, bar: null, readyAt: 0, mutedUntil: 0 }), {
        onBatch,
        onCustom: () => () => {},
        send: async () => false,
      }),
      picture: role === 'anchor' ? picture : null,
      tally: seen({ guests: 0, lines: 0 }),
      replays: Object.assign(seen({ state: 'unasked', parts: [] }), { load: async () => stage.calls.push('replays') }),
      latency: seen({ offered: false, on: false, full: false, busy: false }),
      likes: Object.assign(seen({ total: 0 }), { onHearts: () => () => {} }),
      pk: seen({ view: null, endsAt: null, scores: null, result: null, answer: null, problem: null, busy: false }),
      link: role === 'audience' ? Object.assign(link, traced('link', LINK)) : null,
      desk: Object.assign(people.desk, traced('desk', DESK)),
      stage: fakeStage(stage, seen, role === 'anchor' ? publisher : null, playback),
    })
    for (const name of METHODS) {
      stage.room[name] = async (...args: unknown[]) => {
        stage.calls.push([name, ...args.map((arg) => (typeof arg === 'object' ? JSON.stringify(arg) : arg))].join(' '))
      }
    }
    return stage.room
  }
  const every = () => {
    stage.ticking++
    return () => {
      stage.ticking--
    }
  }
  provideKit({
    session: { me: SOMEBODY, now: () => 0 },
    device: { layout: () => layout, storage: { get: () => undefined, set: () => {} } },
    clock: { now: () => 1_000, every },
    openLiveRoom,
  })
}

export const newStage = (): Stage => ({
  room: null,
  calls: [],
  handles: { attached: 0, withdrawn: 0 },
  act: () => {},
  say: () => {},
  ticking: 0,
})

export const ROOM = roomView()
