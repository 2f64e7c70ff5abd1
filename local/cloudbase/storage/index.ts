import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Spec } from '../wire'
import { Files } from './files'
import { handleStorage } from './routes'
import { loadSecret, Signer } from './signer'
import { Storage } from './storage'

export interface StorageOptions {
  /** Folder of the files; made if need be. */
  dir: string
  /** The environment that file ids name. */
  env: string
  /** Where `handle` is reached, without a slash at the end: `http://127.0.0.1:8080`. Asked at every use. */
  base: () => string
  /** ms; the system's clock by default. */
  now?: () => number
}

/** CloudBase's file storage, in a folder. */
export interface CloudStorage {
  /** For `serveCloudbase`: one `storage.*` action, or null when there is no such action. */
  run(action: string, fields: Spec): Promise<Spec | null>
  /** Takes requests below `/storage/`; false for any other path. */
  handle(req: IncomingMessage, res: ServerResponse): boolean
  /** Resolves when what is being written is on the disk. */
  close(): Promise<void>
}

/** @throws Error in plain words when the folder cannot be used */
export function openStorage({ dir, env, base, now = Date.now }: StorageOptions): CloudStorage {
  const files = new Files(dir)
  const storage = new Storage({ files, signer: new Signer(loadSecret(join(dir, 'secret'))), env, base, now })
  return {
    run: (action, fields) => storage.run(action, fields),
    handle: (req, res) => handleStorage(storage, req, res),
    async close() {
      await files.settled()
    },
  }
}
