/** `npm run pack`: the npm package for other mini programs, in dist/package, with all components or those that are named. */
import { DROP_INS, type DropIn, pack, weigh, write } from './pack/pack'

const FOLDER = 'dist/package'

const isDropIn = (name: string): name is DropIn => (DROP_INS as readonly string[]).includes(name)

/** @throws for a name that is none */
function wanted(names: readonly string[]): readonly DropIn[] {
  const wrong = names.find((name) => !isDropIn(name))
  if (wrong !== undefined) throw new Error(`there is no ${wrong} to pack; there are ${DROP_INS.join(', ')}`)
  return names.length > 0 ? names.filter(isDropIn) : DROP_INS
}

async function main(): Promise<void> {
  const dropIns = wanted(process.argv.slice(2))
  const files = await pack(dropIns)
  write(files, FOLDER)
  const { js, wxml, wxss, all } = weigh(files)
  const kB = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`
  console.error(`${FOLDER}: ${kB(all)} in a mini program (code ${kB(js)}, templates ${kB(wxml)}, styles ${kB(wxss)})`)
  const paths = dropIns.map((name) => `<package>/${name}/${name}`)
  console.error(`install it in a mini program with npm, build npm in DevTools, and use ${paths.join(', ')}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
