import type { Dictionary } from './dictionary'
import { around } from './en/around'
import { call } from './en/call'
import { chat } from './en/chat'
import { codes } from './en/codes'
import { devices } from './en/devices'
import { event } from './en/event'
import { faults } from './en/faults'
import { home } from './en/home'
import { link } from './en/link'
import { people } from './en/people'
import { permission } from './en/permission'
import { pk } from './en/pk'
import { ring } from './en/ring'
import { room } from './en/room'
import { setup } from './en/setup'
import { stage } from './en/stage'

/** English. A text that counts things has a form for one and a form for the rest. */
export const en: Dictionary = {
  ...home,
  ...setup,
  ...ring,
  ...room,
  ...stage,
  ...permission,
  ...around,
  ...call,
  ...chat,
  ...devices,
  ...codes,
  ...event,
  ...faults,
  ...pk,
  ...link,
  ...people,
}
