import { air } from './scenes/air'
import { home } from './scenes/home'
import { link } from './scenes/link'
import { pk } from './scenes/pk'
import { setup } from './scenes/setup'
import type { Group } from './studio'

/** Every group, in the order of the table. */
export const groups: readonly Group[] = [home, setup, air, link, pk]
