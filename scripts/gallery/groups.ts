import { air } from './scenes/air'
import { event } from './scenes/event'
import { home } from './scenes/home'
import { kinds } from './scenes/kinds'
import { link } from './scenes/link'
import { pk } from './scenes/pk'
import { recovery } from './scenes/recovery'
import { setup } from './scenes/setup'
import type { Group } from './studio'

/** Every group, in the order of the table. */
export const groups: readonly Group[] = [home, setup, air, kinds, link, pk, event, recovery]
