import { reaction } from 'mobx-miniprogram'
import { localeOf } from '../../locales/index'
import { useKit } from '../../stores/kit'
import { tracksOf } from '../../stores/media/music'
import type { Given } from '../room/given'
import { prefer } from '../room/prefer'
import { Ui } from '../room/ui'
import { OlderPage } from './compat/older-page'
import { oldProps } from './compat/properties'
import type { LiveRoomEvents } from './events'
import { fieldsOf } from './fields'
import { Floating } from './floating'
import { herald } from './herald'
import { own } from './instance'
import type { LiveRoomMethods } from './methods'
import { isOn } from './reading'
import { type Settings, settingsOf } from './settings'
import { ShowConductor } from './show-conductor'

/** Properties that are read together, whenever one of them changes. */
const READ = [
  'role',
  'roomId',
  'chrome',
  'pureAudio',
  'beauty',
  'whiteness',
  'muted',
  'quality',
  'orientation',
  'debug',
  ...Object.keys(oldProps),
]
/** The key of their observer. */
export const SETTINGS = READ.join(', ')

/** The component around a model. */
export interface Host extends LiveRoomMethods {
  readonly data: Given & { readonly locale: string; readonly floating: boolean | string }
  setData(fields: Record<string, unknown>): void
  triggerEvent(name: string, detail: object): void
  tell<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]): void
  connect(selector: string): void
  arrange(): void
}

/** Opens a model for the component, and what there is to open in it. */
export function begin(host: Host): void {
  const kit = useKit()
  const settings = settingsOf(host.data)
  const room = kit.openLiveRoom({ role: settings.role })
  const ui = new Ui(localeOf(host.data.locale))
  const conductor = new ShowConductor(room, ui, kit.clock)
  const older = new OlderPage(
    {
      role: () => room.role,
      now: () => kit.session.now(),
      fire: (name, detail) => host.triggerEvent(name, detail),
      methods: host,
    },
    () => own(host).settings.old,
  )
  const { parts = new Set() } = own(host)
  const floating = new Floating(room, kit, () => isOn(host.data.floating))
  const context = {
    room,
    kit,
    ui,
    tell: <K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]) => host.tell(event, detail),
  }
  Object.assign(host, {
    conductor,
    context,
    settings,
    older,
    parts,
    floating,
    card: '',
    paused: null,
  } satisfies ReturnType<typeof own>)
  ui.tracks = tracksOf(host.data.music)
  draw(host, settings)
  host.arrange()
  host.setData({ anchor: room.role === 'anchor', canShowMedia: room.canShowMedia })
  conductor.begin({
    setData: (fields) => host.setData(fields),
    fields: fieldsOf(room, ui),
    herald: () => herald(room, ui, (event, detail) => host.tell(event, detail)),
  })
  // A viewer has a camera from the moment a seat is held for him.
  conductor.endsWith(
    reaction(
      () => room.stage.camera,
      (camera) => camera && prefer(camera, own(host).settings, null),
      { fireImmediately: true },
    ),
  )
  if (settings.muted) room.stage.setMuted(true)
  for (const selector of parts) host.connect(selector)
  if (!settings.old) conductor.open(settings.roomId)
}

/** The page has changed a property. */
export function follow(host: Host): void {
  const { conductor, settings: before } = own(host)
  if (!conductor) return
  const { room } = conductor
  const now = settingsOf(host.data)
  own(host).settings = now
  if (now.role !== room.role && room.room === null) {
    own(host).floating.end()
    conductor.end()
    begin(host)
    return
  }
  draw(host, now)
  if (now.muted !== before.muted) room.stage.setMuted(now.muted)
  if (room.stage.camera) prefer(room.stage.camera, now, before)
  const another = now.roomId !== '' && now.roomId !== before.roomId
  if (another && !now.old && room.phase === 'setup') conductor.open(now.roomId)
}

function draw(host: Host, { chrome, debug }: Settings): void {
  host.setData({ bare: !chrome, debugging: debug })
}
