import type { Frame } from '../../../miniprogram/components/live-stage/layouts/frame'
import type { Place, Slot } from '../../../miniprogram/stores/room/stage/types'
import { LOOKS } from './own-camera'
import { mountPart, type Seen } from './part'
import { type Mounted, settled } from './simulate'

export const FRAME: Frame = { width: 375, height: 812, insets: { top: 108, right: 0, bottom: 100, left: 0 }, talk: 0 }

/** Somebody on stage. */
export const place = (slot: Slot, more: Partial<Place> = {}): Place => ({
  slot,
  seat: Number(slot.split('-')[1] ?? 0),
  user: { userId: `u-${slot}`, name: slot === 'anchor' ? 'Eve' : `Guest ${slot.slice(-1)}` },
  me: false,
  state: 'on',
  micOff: false,
  cameraOff: false,
  quieted: { mic: false, camera: false },
  handAt: null,
  away: false,
  ...more,
})

export const slots = (people: number): Slot[] =>
  Array.from({ length: people }, (_, i): Slot => (i === 0 ? 'anchor' : `seat-${i}`))

/** What a test sets and reads of a fake publisher or playback. */
// biome-ignore lint/suspicious/noExplicitAny: a model whose every field a test may overwrite
type FakeMedia = any

export interface FakeTile {
  key: string
  slot: Slot
  leaving: boolean
  media: FakeMedia
}

/** A stage on its own, with as many people as a test says; the first tile is one's own camera when `owner` is true. */
export function mountStage({ owner = false, props = {} }: { owner?: boolean; props?: Record<string, unknown> } = {}) {
  const handles = { attached: 0, withdrawn: 0 }
  const heard: string[] = []
  let seen: Seen = (fields) => fields
  const part = mountPart(
    'live-stage',
    (observe) => {
      seen = observe
      const stage = observe({
        places: [] as Place[],
        shown: [] as Place[],
        tiles: [] as FakeTile[],
        mixed: false,
        camera: null,
        limit: 6,
        pages: 1,
        page: 0,
        talking: [] as Slot[],
        speaker: null as Slot | null,
      })
      return Object.assign(
        observe({ phase: 'on-air', room: { cover: 'jade', coverFile: null, anchor: { name: 'Eve' } } }),
        { role: owner ? 'anchor' : 'audience', stage },
      )
    },
    { props: { frame: FRAME, ...props }, events: ['place', 'like', 'rendererfailed'] },
  )
  const media = (fields: object) =>
    Object.assign(seen(fields), {
      attach: () => {
        handles.attached++
        return () => handles.withdrawn++
      },
      onCode: (code: number) => heard.push(`code ${code}`),
      onError: () => heard.push('error'),
      onNetStatus: () => heard.push('net'),
      onVolume: () => heard.push('volume'),
      net: seen({ bars: null as number | null }),
    })
  const picture = (key: string, slot: Slot, leaving = false): FakeTile => {
    const playback = media({ src: 'http://x/1.flv', mode: 'live', muted: false, spinner: false, quality: 'good' })
    return { key, slot, leaving, media: { kind: 'picture', playback } }
  }
  const camera = (key: string, slot: Slot): FakeTile => {
    const publisher = media({
      url: '',
      mode: 'HD',
      muted: false,
      cameraOn: true,
      facing: 'front',
      beauty: 5,
      whiteness: 3,
      looks: LOOKS,
      quality: 'good',
    })
    return { key, slot, leaving: false, media: { kind: 'camera', publisher } }
  }
  /** Changes who is there and waits until every tile has its tag. */
  const cast = async (places: Place[], tiles: FakeTile[], mixed = false, shown = places) => {
    await part.act(({ stage }) => Object.assign(stage, { places, shown, tiles, mixed }))
    for (const tile of inner(part)) tile.instance.triggerEvent('mounted')
    await settled()
  }
  /** `people` on stage, each with a picture. */
  const people = (count: number) =>
    cast(
      slots(count).map((slot) => place(slot)),
      slots(count).map((slot, i) => (owner && i === 0 ? camera('me', slot) : picture(`p-${slot}`, slot))),
    )
  /** A call of so many: all others by seat, oneself with the camera last. */
  const call = (count: number, different: (slot: Slot) => Partial<Place> = () => ({})) => {
    const seats = Array.from({ length: count }, (_, i): Slot => `seat-${count === 1 ? 1 : ((i + 1) % count) + 1}`)
    const me = seats.at(-1)
    return cast(
      seats.map((slot) => place(slot, { me: slot === me, ...different(slot) })),
      seats.map((slot) => (slot === me ? camera('me', slot) : picture(`p-${slot}`, slot))),
    )
  }
  return { part, handles, heard, picture, camera, cast, people, call }
}

/** The tiles of a stage as the simulator knows them. */
export const inner = (part: Mounted): { instance: FakeMedia; dom: HTMLElement }[] => part.within('.tile')
