import { around } from './zh-CN/around'
import { call } from './zh-CN/call'
import { chat } from './zh-CN/chat'
import { codes } from './zh-CN/codes'
import { devices } from './zh-CN/devices'
import { event } from './zh-CN/event'
import { faults } from './zh-CN/faults'
import { home } from './zh-CN/home'
import { link } from './zh-CN/link'
import { people } from './zh-CN/people'
import { permission } from './zh-CN/permission'
import { pk } from './zh-CN/pk'
import { ring } from './zh-CN/ring'
import { room } from './zh-CN/room'
import { setup } from './zh-CN/setup'
import { stage } from './zh-CN/stage'

/** Simplified Chinese: the dictionary that defines which texts exist and which parameters each takes. */
export const zhCN = {
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
} as const
