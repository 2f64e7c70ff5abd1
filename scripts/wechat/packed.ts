import fs from 'node:fs'
import path from 'node:path'
import { DROP_INS, pack, write } from '../pack/pack'

/** A subpackage of the stage only. */
const HOME = 'packed'

interface Config {
  subPackages: { root: string; pages: string[] }[]
}
interface Project {
  setting: { packNpmRelationList: { packageJsonPath: string; miniprogramNpmDistDir: string }[] }
}

/**
 * Puts the npm package into a stage as somebody else has it: in a subpackage of its own, with a page that shows a room.
 * `root` is this project, which has the packages that it depends on.
 */
export async function addPackage(stage: string, root: string): Promise<void> {
  const home = path.join(stage, 'miniprogram', HOME)
  const put = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
    fs.writeFileSync(path.join(home, file), text)
  }
  const edit = <T>(file: string, change: (content: T) => void): void => {
    const content = JSON.parse(fs.readFileSync(path.join(stage, file), 'utf8')) as T
    change(content)
    fs.writeFileSync(path.join(stage, file), JSON.stringify(content))
  }
  const files = await pack(DROP_INS)
  const { name, version, dependencies } = JSON.parse(files.get('package.json') ?? '') as {
    name: string
    version: string
    dependencies: Record<string, string>
  }
  put('package.json', JSON.stringify({ name: HOME, dependencies: { ...dependencies, [name]: version } }))
  write(files, path.join(home, 'node_modules', name))
  for (const peer of Object.keys(dependencies)) {
    fs.cpSync(path.join(root, 'node_modules', peer), path.join(home, 'node_modules', peer), { recursive: true })
  }
  put('show.json', JSON.stringify({ usingComponents: { 'live-room': `${name}/live-room/live-room` } }))
  put('show.wxml', '<live-room role="audience" room-id="1" />')
  put('show.js', `require('${name}').installLiveKit({ backend: { kind: 'cloud', env: 'x' } })\nPage({})\n`)
  edit<Config>('miniprogram/app.json', ({ subPackages }) => subPackages.push({ root: HOME, pages: ['show'] }))
  edit<Project>('project.config.json', ({ setting }) =>
    setting.packNpmRelationList.push({
      packageJsonPath: `./miniprogram/${HOME}/package.json`,
      miniprogramNpmDistDir: `./miniprogram/${HOME}/`,
    }),
  )
}
