import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sdkEnv } from '../../../local/cloud-env'
import { type CloudStorage, openStorage, openStore, serveCloudbase } from '../../../local/cloudbase'

/** The file storage in a folder of its own, its HTTP server, and the wire that the real SDKs speak with it. */
export interface StorageServer {
  dir: string
  base: string
  storage: CloudStorage
  clock: { now: number }
  /** Opens the same folder again, as after a restart of the process. */
  reopen(): Promise<void>
  stop(): Promise<void>
}

export async function startStorage(): Promise<StorageServer> {
  const dir = mkdtempSync(join(tmpdir(), 'storage-'))
  const clock = { now: Date.now() }
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const open = () => openStorage({ dir, env: 'local', base, now: () => clock.now })
  let storage = open()
  const server = createServer((req, res) => {
    if (!storage.handle(req, res)) res.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const store = openStore()
  const served = await serveCloudbase(store, { storage: { run: (action, fields) => storage.run(action, fields) } })
  Object.assign(process.env, sdkEnv(served.url))
  return {
    dir,
    base: base(),
    clock,
    get storage() {
      return storage
    },
    async reopen() {
      await storage.close()
      storage = open()
    },
    async stop() {
      await served.close()
      store.close()
      await storage.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      rmSync(dir, { recursive: true })
    },
  }
}
