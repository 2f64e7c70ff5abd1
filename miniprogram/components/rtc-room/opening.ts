import { localeOf } from '../../locales/index'
import { useKit } from '../../stores/kit'
import { callPicture } from '../../stores/rtc-room/call-picture'
import type { Given } from '../room/given'
import { prefer } from '../room/prefer'
import { Ui } from '../room/ui'
import { CallConductor } from './call-conductor'
import { OlderPage } from './compat/older-page'
import { oldProps } from './compat/properties'
import type { RtcRoomEvents } from './events'
import { fieldsOf } from './fields'
import { herald } from './herald'
import { own } from './instance'
import { type Settings, settingsOf } from './settings'

/** Properties that are read together, whenever one of them changes. */
const READ = [
  'roomId',
  'ringId',
  'chrome',
  'pureAudio',
  'enableCamera',
  'muted',
  'aspect',
  'quality',
  'minBitrate',
  'maxBitrate',
  'beauty',
  'whiteness',
  'orientation',
  'debug',
  ...Object.keys(oldProps),
]
/** The key of their observer. */
export const SETTINGS = READ.join(', ')

/** The component around a model. */
export interface Host {
  readonly data: Given & { readonly locale: string }
  setData(fields: Record<string, unknown>): void
  triggerEvent(name: string, detail: object): void
  tell<K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]): void
  connect(selector: string): void
  arrange(): void
}

/** Opens a model for the component, and what there is to open in it. */
export function begin(host: Host): void {
  const kit = useKit()
  const settings = settingsOf(host.data)
  const room = kit.openRtcRoom()
  const ui = new Ui(localeOf(host.data.locale))
  const conductor = new CallConductor(room, ui, kit.clock)
  const older = new OlderPage({
    opens: () => own(host).settings.roomId === '',
    now: () => kit.session.now(),
    fire: (name, detail) => host.triggerEvent(name, detail),
  })
  const { parts = new Set() } = own(host)
  const tell = <K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]) => host.tell(event, detail)
  const context = { room, kit, ui, tell }
  Object.assign(host, { conductor, context, settings, older, parts, card: '', paused: null } satisfies ReturnType<
    typeof own
  >)
  draw(host, settings)
  host.arrange()
  host.setData({ canShowMedia: room.canShowMedia })
  conductor.begin({
    setData: (fields) => host.setData(fields),
    fields: fieldsOf(room, ui),
    herald: () => herald(room, ui, tell),
  })
  adjust(host, settings, null)
  for (const selector of parts) host.connect(selector)
  if (!settings.old) conductor.open(settings.roomId, settings.ringId)
}

/** The page has changed a property. */
export function follow(host: Host): void {
  const { conductor, settings: before } = own(host)
  if (!conductor) return
  const now = settingsOf(host.data)
  own(host).settings = now
  draw(host, now)
  adjust(host, now, before)
  const another =
    (now.roomId !== '' && now.roomId !== before.roomId) || (now.ringId !== '' && now.ringId !== before.ringId)
  if (another && !now.old && conductor.room.phase === 'setup') conductor.open(now.roomId, now.ringId)
}

function draw(host: Host, { chrome, debug }: Settings): void {
  host.setData({ bare: !chrome, debugging: debug })
}

function adjust(host: Host, now: Settings, before: Settings | null): void {
  const { room } = own(host).conductor
  const { publisher } = room
  prefer(publisher, { ...now, quality: null }, before && { ...before, quality: null })
  if (JSON.stringify(now.picture) !== JSON.stringify(before?.picture)) publisher.setPicture(callPicture(now.picture))
  if (now.enableCamera !== (before?.enableCamera ?? true)) room.setCameraOff(!now.enableCamera)
}
