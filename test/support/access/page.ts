/** Everything that is asked in the page; `inspect.ts` bundles it and puts it there as `window.__access`. */
import { contrastFaults } from './contrast'
import { controlFaults, modalFaults } from './controls'
import { motionFaults } from './motion'
import { targetFaults } from './targets'
import { inks, layoutFaults } from './texts'
import { liveFaults, type Speech, wordFaults } from './words'

const access = {
  inks,
  contrastFaults,
  /** What needs no picture of the screen. */
  faults: (speech: Speech): string[] => [
    ...controlFaults(),
    ...modalFaults(),
    ...wordFaults(speech),
    ...liveFaults(),
    ...layoutFaults(),
    ...motionFaults(),
    ...targetFaults(),
  ],
}
export type Access = typeof access
Object.assign(window, { __access: access })
