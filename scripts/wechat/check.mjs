// WeChat's own compilers accept the mini program, and tell what it weighs. Run by run.ts, in a process of its own:
// miniprogram-ci keeps watchers and forks alive and caches results in-process.
// usage: node check.mjs <stage>, where <stage> holds miniprogram/, package.json, node_modules and project.config.json
import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)
const stage = process.argv[2]
const root = path.join(stage, 'miniprogram')
/** What we allow ourselves for the main package, and what WeChat allows a subpackage. */
const budgetKb = { main: 950, subpackage: 2048 }
const { packNpmRelationList: packages } = JSON.parse(
  fs.readFileSync(path.join(stage, 'project.config.json'), 'utf8'),
).setting
/** In the chat SDK only. */
const sdkMark = 'TencentCloudLiteChat'

process.on('unhandledRejection', (reason) => {
  console.error(reason)
  process.exit(1)
})

/** wcc refuses bad expressions and modern WXS, which the other compilers let pass. It throws with file:line:column. */
function checkTemplates() {
  const { wxmlToJs } = require('miniprogram-compiler')
  wxmlToJs(root)
  console.error('wcc: every template and wxs compiles')
}

async function compile() {
  const ci = require('miniprogram-ci')
  const privateKeyPath = path.join(stage, 'throw-away.key')
  const key = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  fs.writeFileSync(privateKeyPath, key.privateKey)
  const project = new ci.Project({
    appid: 'wx0000000000000000',
    type: 'miniProgram',
    projectPath: stage,
    privateKeyPath,
    ignores: ['node_modules/**/*'],
    // Without it the library asks WeChat's servers for the account's limits.
    attr: async () => ci.DefaultProjectAttr,
  })
  for (const { packageJsonPath, miniprogramNpmDistDir } of packages) {
    const manifest = path.join(stage, packageJsonPath)
    const npm = await ci.packNpmManually({
      packageJsonPath: manifest,
      miniprogramNpmDistDir: path.join(stage, miniprogramNpmDistDir),
    })
    const wanted = Object.keys(JSON.parse(fs.readFileSync(manifest, 'utf8')).dependencies)
    if (npm.otherNpmPackNum + npm.miniProgramPackNum !== wanted.length) {
      throw new Error(`of ${wanted.join(', ')} not every package was built: ${JSON.stringify(npm)}`)
    }
    fs.rmSync(path.join(path.dirname(manifest), 'node_modules'), { recursive: true })
  }
  const setting = { es6: true, es7: true, minify: true, minifyJS: true, minifyWXML: true, minifyWXSS: true }
  const out = path.join(stage, 'compiled.zip')
  return ci.getCompiledResult({ project, desc: 'check', setting, onProgressUpdate() {} }, out)
}

const bytesOf = (content) => (typeof content === 'string' ? Buffer.byteLength(content) : content.length)

/** Every file that `<live-room>` needs in another mini program, without what npm brings: followed from file to file. */
function closureOf(files, starts) {
  const found = new Set()
  const add = (name) => {
    if (found.has(name) || !(name in files) || name.startsWith('miniprogram_npm/')) return
    found.add(name)
    const text = String(files[name])
    const here = path.posix.dirname(name)
    const there = (target) => (target.startsWith('/') ? target.slice(1) : path.posix.join(here, target))
    if (name.endsWith('.js')) {
      for (const [, target] of text.matchAll(/require\("(\.[^"]+)"\)/g)) {
        const module = there(target).replace(/\.js$/, '')
        for (const each of [`${module}.js`, `${module}/index.js`]) add(each)
      }
    }
    if (name.endsWith('.wxss')) for (const [, target] of text.matchAll(/@import\s+["']([^"']+)/g)) add(there(target))
    if (name.endsWith('.json')) {
      const { usingComponents = {}, componentGenerics = {} } = JSON.parse(text)
      const defaults = Object.values(componentGenerics).map((generic) => generic.default)
      for (const target of [...Object.values(usingComponents), ...defaults]) {
        if (target) for (const ending of ['json', 'js', 'wxml', 'wxss']) add(`${there(target)}.${ending}`)
      }
    }
  }
  for (const start of starts) add(start)
  return found
}

const LIVE_ROOM = [
  ...['json', 'js', 'wxml', 'wxss'].map((ending) => `components/live-room/live-room.${ending}`),
  'wiring/install-live-kit.js',
]

function report(files) {
  const app = JSON.parse(String(files['app.json']))
  const packages = [...(app.subPackages ?? app.subpackages ?? [])].map((p) => p.root.replace(/\/?$/, '/'))
  const sizes = new Map([['main', 0], ...packages.map((p) => [p, 0])])
  for (const [name, content] of Object.entries(files)) {
    const home = packages.find((p) => name.startsWith(p)) ?? 'main'
    sizes.set(home, sizes.get(home) + bytesOf(content))
  }
  const needed = [...closureOf(files, LIVE_ROOM)]
  if (needed.length < 50)
    throw new Error(`only ${needed.length} files of <live-room> were found: this script is out of date`)
  const weight = needed.reduce((sum, name) => sum + bytesOf(files[name]), 0)
  console.error(
    `compiled size, <live-room> with all it needs (${needed.length} files): ${(weight / 1024).toFixed(1)} kB`,
  )
  for (const [name, bytes] of sizes) {
    const allowed = name === 'main' ? budgetKb.main : budgetKb.subpackage
    console.error(`compiled size, ${name}: ${(bytes / 1024).toFixed(1)} kB of ${allowed} kB`)
    if (bytes > allowed * 1024) throw new Error(`the package ${name} is over its budget of ${allowed} kB`)
  }
  const holders = Object.keys(files).filter((name) => String(files[name]).includes(sdkMark))
  if (holders.length === 0 || !holders.every((name) => name.startsWith('chat-sdk/'))) {
    throw new Error(`the chat SDK belongs into its subpackage, and is in: ${holders.join(', ') || 'none'}`)
  }
}

/** WeChat resolves no folder to its index, and what it does not find it leaves out without a word. */
function checkRequires(files) {
  for (const [name, content] of Object.entries(files)) {
    if (!name.endsWith('.js') || name.includes('miniprogram_npm/')) continue
    for (const [, target] of String(content).matchAll(/\brequire(?:\.async)?\(["'](\.[^"']+)["']\)/g)) {
      const file = path.posix.join(path.posix.dirname(name), target).replace(/(\.js)?$/, '.js')
      if (!(file in files)) throw new Error(`${name} requires ${target}, which is not in the package`)
    }
  }
}

checkTemplates()
const compiled = await compile()
checkRequires(compiled)
report(compiled)
process.exit(0)
