import fs from 'node:fs'
import path from 'node:path'
import { type Kit, packedKit } from './kit'
import { type ComponentFile, componentFile, nameOf, partsOf } from './parts'
import { PEERS } from './peers'
import { packedStyle } from './styles'
import { packedTemplate } from './templates'

const source = path.resolve(__dirname, '../../miniprogram')
/** Where WeChat's npm build looks for the files, inside the package. */
const HOME = 'miniprogram_dist'
/** What a page can name: a show, a call, and what rings over any page. */
export const DROP_INS = ['live-room', 'rtc-room', 'call-ring', 'call-waiting'] as const
export type DropIn = (typeof DROP_INS)[number]

interface Manifest {
  name: string
  version: string
  description: string
  license: string
  dependencies: Record<string, string>
}

/** Targets beside each other, wherever the package lies. */
function relative({ usingComponents, componentGenerics, ...rest }: ComponentFile): ComponentFile {
  const beside = (target: string) => `../${nameOf(target)}/${nameOf(target)}`
  return {
    ...rest,
    ...(usingComponents && {
      usingComponents: Object.fromEntries(Object.entries(usingComponents).map(([tag, to]) => [tag, beside(to)])),
    }),
    ...(componentGenerics && {
      componentGenerics: Object.fromEntries(
        Object.entries(componentGenerics).map(([tag, generic]) => [
          tag,
          typeof generic === 'object' && generic.default ? { default: beside(generic.default) } : generic,
        ]),
      ),
    }),
  }
}

/** What these components are made of. */
export const partsIn = (dropIns: readonly DropIn[]): string[] => partsOf(source, ...dropIns)
/** All code of a package with these parts, with where its bytes are. */
export const kit = (parts: readonly string[]): Promise<Kit> => packedKit(source, parts)

/** Makes the npm package that a mini program installs, with these components, as files by their path in it. */
export async function pack(dropIns: readonly DropIn[]): Promise<Map<string, string>> {
  const manifest = JSON.parse(fs.readFileSync(path.join(source, '../package.json'), 'utf8')) as Manifest
  const { name, version, description, license, dependencies } = manifest
  const files = new Map<string, string>()
  const peers = Object.fromEntries(PEERS.map((peer) => [peer, dependencies[peer]]))
  const main = `${HOME}/index.js`
  files.set(
    'package.json',
    `${JSON.stringify({ name, version, description, license, main, miniprogram: HOME, files: [HOME], dependencies: peers }, null, 2)}\n`,
  )
  const names = partsIn(dropIns)
  files.set(main, (await kit(names)).code)
  for (const style of fs.readdirSync(path.join(source, 'theme'))) {
    files.set(`${HOME}/theme/${style}`, await packedStyle(path.join(source, 'theme', style)))
  }
  for (const part of names) {
    const from = path.join(source, 'components', part, part)
    const to = `${HOME}/${part}/${part}`
    files.set(`${to}.json`, JSON.stringify(relative(componentFile(source, part))))
    files.set(`${to}.js`, `require('../index').part('${part}')\n`)
    files.set(`${to}.wxml`, packedTemplate(fs.readFileSync(`${from}.wxml`, 'utf8')))
    if (fs.existsSync(`${from}.wxss`)) {
      // One level less than in the source: `../../theme/` is `../theme/` here.
      files.set(`${to}.wxss`, (await packedStyle(`${from}.wxss`)).replaceAll('"../../theme/', '"../theme/'))
    }
  }
  return files
}

/** Bytes of what ends up in a mini program, by kind of file. */
export function weigh(
  files: ReadonlyMap<string, string>,
): Record<'js' | 'wxml' | 'wxss' | 'json', number> & { all: number } {
  const sum = (ending: string) =>
    [...files].reduce(
      (total, [file, text]) =>
        file.startsWith(HOME) && file.endsWith(ending) ? total + Buffer.byteLength(text) : total,
      0,
    )
  const [js, wxml, wxss, json] = ['.js', '.wxml', '.wxss', '.json'].map(sum) as [number, number, number, number]
  return { js, wxml, wxss, json, all: js + wxml + wxss + json }
}

/** Writes the package into a folder, which is emptied before. */
export function write(files: ReadonlyMap<string, string>, folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true })
  for (const [name, text] of files) {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, text)
  }
}
