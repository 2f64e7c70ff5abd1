/** `npm run pack`: the npm package with `<live-room>` for other mini programs, in dist/package. */
import { pack, weigh, write } from './pack/pack'

const FOLDER = 'dist/package'

async function main(): Promise<void> {
  const files = await pack()
  write(files, FOLDER)
  const { js, wxml, wxss, all } = weigh(files)
  const kB = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`
  console.error(`${FOLDER}: ${kB(all)} in a mini program (code ${kB(js)}, templates ${kB(wxml)}, styles ${kB(wxss)})`)
  console.error('install it in a mini program with npm, build npm in DevTools, and use <package>/live-room/live-room')
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
