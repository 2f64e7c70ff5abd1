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
const budgetKb = 400

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
  const npm = await ci.packNpmManually({
    packageJsonPath: path.join(stage, 'package.json'),
    miniprogramNpmDistDir: root,
  })
  const wanted = Object.keys(JSON.parse(fs.readFileSync(path.join(stage, 'package.json'), 'utf8')).dependencies)
  if (npm.otherNpmPackNum + npm.miniProgramPackNum !== wanted.length) {
    throw new Error(`of ${wanted.join(', ')} not every package was built: ${JSON.stringify(npm)}`)
  }
  const setting = { es6: true, es7: true, minify: true, minifyJS: true, minifyWXML: true, minifyWXSS: true }
  const out = path.join(stage, 'compiled.zip')
  return ci.getCompiledResult({ project, desc: 'check', setting, onProgressUpdate() {} }, out)
}

const bytesOf = (content) => (typeof content === 'string' ? Buffer.byteLength(content) : content.length)

function report(files) {
  const app = JSON.parse(String(files['app.json']))
  const packages = [...(app.subPackages ?? app.subpackages ?? [])].map((p) => p.root.replace(/\/?$/, '/'))
  const sizes = new Map([['main', 0], ...packages.map((p) => [p, 0])])
  for (const [name, content] of Object.entries(files)) {
    const home = packages.find((p) => name.startsWith(p)) ?? 'main'
    sizes.set(home, sizes.get(home) + bytesOf(content))
  }
  let total = 0
  for (const [name, bytes] of sizes) {
    total += bytes
    console.error(`compiled size, ${name}: ${(bytes / 1024).toFixed(1)} kB`)
  }
  console.error(`compiled size, all: ${(total / 1024).toFixed(1)} kB of ${budgetKb} kB`)
  if (total > budgetKb * 1024) throw new Error(`the compiled mini program is over its budget of ${budgetKb} kB`)
}

checkTemplates()
report(await compile())
process.exit(0)
