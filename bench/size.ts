/**
 * What `<live-room>` weighs in somebody else's mini program, and what a viewer waits for, beside the kit that Tencent
 * published in 2018. The bytes of 2018 were counted in its source tree: the whole client as one had to take it.
 */
import { gzipSync } from 'node:zlib'
import { pack, weigh } from '../scripts/pack/pack'
import { areasOf, viewersShare } from './size-areas'
import { printTable } from './table'

/** The client of the kit of 2018, all files; and of its chat SDK, the lines that lay in it. */
const KIT_2018 = { bytes: 2_053_186, chatLines: 5992 }

const kB = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`

async function main(): Promise<void> {
  const files = await pack(['live-room'])
  const { js, wxml, wxss, json, all } = weigh(files)
  const zipped = [...files.values()].reduce((sum, text) => sum + gzipSync(text).length, 0)
  printTable([
    ['the package with `<live-room>` and all it needs', 'bytes', 'goal'],
    ['code', kB(js), ''],
    ['templates', kB(wxml), ''],
    ['styles', kB(wxss), ''],
    ['descriptions', kB(json), ''],
    ['all, without mobx and the chat SDK', kB(all), '150 kB'],
    ['the same, each file by gzip', kB(zipped), ''],
  ])
  process.stdout.write('\n')
  const areas = [...(await areasOf(files)), await viewersShare(files)]
  printTable([
    ['where they are', 'code', 'templates', 'styles', 'together'],
    ...areas.map(({ name, code, templates, styles }) => [
      name,
      ...[code, templates, styles, code + templates + styles].map((bytes) => (bytes ? kB(bytes) : '')),
    ]),
  ])
  process.stdout.write('\n')
  printTable([
    ['', 'this project', 'the kit of 2018', 'how it was measured'],
    [
      'bytes of the client',
      all.toLocaleString('en'),
      KIT_2018.bytes.toLocaleString('en'),
      '`npm run pack`, minified; there: all files of the client as published, which nobody could take in part',
    ],
    ['ratio', '1', (KIT_2018.bytes / all).toFixed(1), 'the two figures above'],
    [
      'chat SDK',
      'in a subpackage, loaded when the server says so',
      `${KIT_2018.chatLines.toLocaleString('en')} lines inlined`,
      'where the files lie',
    ],
    [
      'calls before the first frame',
      '1: `enter`',
      '5: get_login_info, login, IM login, IM join, get_pushers, one after the other',
      '`npm run bench -- room` counts ours; theirs were read in the source',
    ],
  ])
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
