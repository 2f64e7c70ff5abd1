import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { type BuildResult, createBundler } from './bundle'
import { pathOf, send, TYPES } from './files'
import { phoneHtml, problemsHtml } from './html'
import { watchFolders } from './watch'

const PREVIEW = path.resolve(__dirname, '..')

/** Files of the mini program that pages may show. */
const IMAGES = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg'])

export interface PreviewOptions {
  /** The mini program's root: the folder of app.json. */
  readonly root: string
  /** Builds anew and reloads the phones when a file of the mini program or of the preview changes. */
  readonly watch?: boolean
  readonly dev?: boolean
  /** Serves the page around the phones at `/`. */
  readonly shell?: boolean
  /** Hears of every finished build; `problems` is empty when it went well. */
  readonly onBuild?: (problems: readonly string[]) => void
}

/** The preview as a part of an HTTP server. */
export interface Preview {
  /** Resolves after the first build; rejects with its problems when it failed and nothing is watched. */
  readonly ready: Promise<void>
  /** Problems of the latest build. */
  readonly problems: readonly string[]
  /** Answers the request if it is the preview's; otherwise returns false and leaves it alone. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** The preview has no WebSocket of its own: always false. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  close(): Promise<void>
}

function identify({ files, problems }: BuildResult): string {
  const hash = createHash('sha1')
  for (const [name, contents] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(name).update(contents)
  return hash.update(problems.join('\n')).digest('base64url').slice(0, 12)
}

/** Builds the mini program and serves phones, shell and assets. */
export function createPreview(options: PreviewOptions): Preview {
  const root = path.resolve(options.root)
  const shell = options.shell ?? true
  const bundler = createBundler({ root, dev: options.dev ?? true, shell })
  const followers = new Set<ServerResponse>()
  let result: BuildResult = { files: new Map(), problems: [] }
  let buildId = ''

  const once = async () => {
    result = await (await bundler).build()
    const id = identify(result)
    options.onBuild?.(result.problems)
    if (id === buildId) return
    buildId = id
    for (const follower of followers) follower.write(`data: ${JSON.stringify({ build: buildId })}\n\n`)
  }
  let running = once()
  const ready = running.then(() => {
    if (result.problems.length > 0 && !options.watch)
      throw new Error(`the preview has problems:\n${result.problems.join('\n')}`)
  })
  // Whoever awaits it hears of it; whoever does not sees it on the page.
  ready.catch(() => {})
  const rebuild = () => {
    running = running.then(once)
    return running
  }
  const unwatch = options.watch ? watchFolders([root, PREVIEW], rebuild) : () => {}

  const follow = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.flushHeaders()
    // Before the first build there is nothing to name: a phone that lived through a restart would take it for a change.
    if (buildId) response.write(`data: ${JSON.stringify({ build: buildId })}\n\n`)
    followers.add(response)
    response.on('close', () => followers.delete(response))
  }

  const phone = () => (result.problems.length > 0 ? problemsHtml(buildId, result.problems) : phoneHtml(buildId))

  const asset = (pathname: string): { type: string; body: Uint8Array } | null => {
    const type = TYPES[path.extname(pathname)]
    if (!type) return null
    if (pathname.startsWith('/preview/')) {
      const body = result.files.get(pathname.slice('/preview/'.length))
      return body ? { type, body } : null
    }
    const file = path.join(root, path.normalize(pathname))
    if (!IMAGES.has(path.extname(file)) || !file.startsWith(root + path.sep) || !fs.existsSync(file)) return null
    return { type, body: fs.readFileSync(file) }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, pathname: string) => {
    await ready.catch(() => {})
    if (pathname === '/phone.html') return send(request, response, TYPES['.html'] ?? '', phone())
    if (pathname === '/') return send(request, response, TYPES['.html'] ?? '', shellPage(result.problems, buildId))
    const found = asset(pathname)
    if (found) return send(request, response, found.type, found.body)
    response.writeHead(404).end()
  }

  return {
    ready,
    get problems() {
      return result.problems
    },
    handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      const pathname = pathOf(request.url)
      if (pathname === null) return false
      if (pathname === '/preview/events') {
        follow(response)
        return true
      }
      const mine = pathname === '/phone.html' || (shell && pathname === '/') || pathname.startsWith('/preview/')
      if (!mine && !IMAGES.has(path.extname(pathname))) return false
      answer(request, response, pathname).catch(() => response.destroy())
      return true
    },
    upgrade: () => false,
    async close() {
      unwatch()
      for (const follower of followers) follower.end()
      await running
      await (await bundler).end()
    },
  }
}

/** The page around the phones; if the build failed, the problems in its place. */
function shellPage(problems: readonly string[], build: string): string {
  if (problems.length > 0) return problemsHtml(build, problems)
  return fs.readFileSync(path.join(PREVIEW, 'shell/index.html'), 'utf8')
}
