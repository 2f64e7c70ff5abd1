import type { Ui } from '../../../miniprogram/components/room/ui'
import type { Locale } from '../../../miniprogram/locales/index'
import { type Mounted, mount, settled } from './simulate'

/** Makes an object whose fields are observable, in the module registry of the part. */
export type Seen = <T extends object>(fields: T) => T

// biome-ignore lint/suspicious/noExplicitAny: a model whose every field a test may overwrite
type FakeRoom = any

export interface MountedPart extends Mounted {
  room: FakeRoom
  /** The real one. */
  ui: Ui
  /** Events that the part told in the name of the room: [name, detail]. */
  told: [string, unknown][]
  /** Changes observable fields in one action and waits until they are drawn. */
  act(change: (room: FakeRoom) => void): Promise<void>
}

/** Mounts a part that binds itself (`roomPart`) and connects it to the room that `make` returns. */
export function mountPart(
  name: string,
  make: (seen: Seen) => object,
  {
    props = {},
    events = [],
    kit = {},
    lang = 'en',
    prepare = () => {},
  }: {
    props?: Record<string, unknown>
    events?: string[]
    kit?: object
    lang?: Locale
    prepare?: (ui: Ui) => void
  } = {},
): MountedPart {
  let room: FakeRoom
  let ui = null as unknown as Ui
  let runInAction = (change: () => void) => change()
  const part = mount(name, { locale: lang, ...props }, events, () => {
    const mobx = require('mobx-miniprogram')
    runInAction = mobx.runInAction
    const { Ui } = require('../../../miniprogram/components/room/ui')
    ui = new Ui(lang)
    room = make((fields) => mobx.observable(fields, {}, { deep: false }))
  })
  const told: [string, unknown][] = []
  prepare(ui)
  part.instance.connect({ room, kit, ui, tell: (event: string, detail: unknown) => told.push([event, detail]) })
  return Object.assign(part, {
    room,
    ui,
    told,
    act: async (change: (room: FakeRoom) => void) => {
      runInAction(() => change(room))
      await settled()
    },
  })
}
