import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { pathOf, send, TYPES } from '../../preview/build/files'
import { watchFolders } from '../../preview/build/watch'
import { bundleOptions, PAGE, SOURCES } from './build'

export interface DeskPart {
  /** Resolves after the first build; rejects when it failed and nothing is watched. */
  readonly ready: Promise<void>
  /** Answers what lies under `/desk/`; leaves everything else alone. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  close(): Promise<void>
}

const HERE = '/desk/'

/** Builds the desk and serves it at `/desk/`. With `watch` a change of its sources builds it anew; the page is reloaded by hand. */
export function createDesk({ watch }: { watch: boolean }): DeskPart {
  const context = esbuild.context({ ...bundleOptions(true), outdir: '/desk', write: false })
  let files = new Map<string, Uint8Array>()
  let failure = ''
  const once = async () => {
    try {
      const { outputFiles = [] } = await (await context).rebuild()
      files = new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]))
      failure = ''
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
      if (watch) console.error(`desk: ${failure}`)
    }
  }
  let running = once()
  const ready = running.then(() => {
    if (failure && !watch) throw new Error(`the desk does not build: ${failure}`)
  })
  // Whoever awaits it hears of it; whoever does not sees it on the page.
  ready.catch(() => {})
  const unwatch = watch
    ? watchFolders(SOURCES, () => {
        running = running.then(once)
        return running
      })
    : () => {}

  const answer = async (request: IncomingMessage, response: ServerResponse, name: string) => {
    await running
    if (failure) return void response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(failure)
    const body = name === '' ? readFileSync(PAGE) : files.get(name)
    const type = TYPES[name === '' ? '.html' : path.extname(name)]
    if (body && type) send(request, response, type, body)
    else response.writeHead(404).end()
  }

  return {
    ready,
    handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      const pathname = pathOf(request.url)
      if (pathname === '/desk') {
        response.writeHead(301, { location: HERE }).end()
        return true
      }
      if (!pathname?.startsWith(HERE)) return false
      answer(request, response, pathname.slice(HERE.length)).catch(() => response.destroy())
      return true
    },
    async close() {
      unwatch()
      await running
      await (await context).dispose()
    },
  }
}
