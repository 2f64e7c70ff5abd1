/** Renews docs/gallery: pictures of every state of the rooms, taken from the preview. `npm run gallery -- [group...]` */
import { launchBrowser } from '../test/support/browser'
import { startStack } from '../test/support/stack'
import type { Look } from './gallery/actor'
import { keep, LOOKS, writeTable } from './gallery/album'
import { groups } from './gallery/groups'
import { type Group, Studio } from './gallery/studio'

/** Long enough that nothing runs out while somebody is looked at. */
const PATIENT = { SWEEP_MS: '500', SEAT_HOLD_MS: '120000', LINK_WAIT_MS: '120000', GRACE_MS: '120000' }

async function takeAll(wanted: readonly Group[], look: Look): Promise<string[]> {
  const failures: string[] = []
  const browser = await launchBrowser()
  try {
    for (const group of wanted) {
      // A cloud of its own: the next group does not meet what this one has left.
      const stack = await startStack({ ...PATIENT, ...group.env })
      const narrow = look === LOOKS.narrow
      const studio = new Studio(stack, browser, look, async (actor, scene) => {
        if (!(scene in group.scenes)) throw new Error(`the group ${group.name} has no scene ${scene}`)
        if (narrow && !group.narrow.includes(scene)) return
        await keep(actor, group.name, scene, look)
      })
      try {
        await group.play(studio)
      } catch (error) {
        failures.push(`${group.name} (${look.lang}): ${error instanceof Error ? error.stack : error}`)
      } finally {
        await studio.dispose()
        await stack.dispose()
      }
    }
  } finally {
    await browser.close()
  }
  return failures
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !groups.some((group) => group.name === name))
  if (unknown.length) throw new Error(`no group ${unknown}; there are ${groups.map(({ name }) => name).join(', ')}`)
  const wanted = groups.filter(({ name }) => names.length === 0 || names.includes(name))
  const failures = await takeAll(wanted, LOOKS.wide)
  failures.push(
    ...(await takeAll(
      wanted.filter(({ narrow }) => narrow.length > 0),
      LOOKS.narrow,
    )),
  )
  writeTable(groups)
  if (failures.length) throw new Error(failures.join('\n\n'))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
