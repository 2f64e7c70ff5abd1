import { air } from './scenes/air'
import { callStage } from './scenes/call-stage'
import { chat } from './scenes/chat'
import { event } from './scenes/event'
import { gifts } from './scenes/gifts'
import { home } from './scenes/home'
import { kinds } from './scenes/kinds'
import { link } from './scenes/link'
import { people } from './scenes/people'
import { pk } from './scenes/pk'
import { recovery } from './scenes/recovery'
import { setup } from './scenes/setup'
import { stage } from './scenes/stage'
import type { Group } from './studio'

/** Every group, in the order of the table. */
export const groups: readonly Group[] = [
  home,
  setup,
  air,
  kinds,
  chat,
  gifts,
  people,
  link,
  stage,
  callStage,
  pk,
  event,
  recovery,
]
