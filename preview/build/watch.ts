import { watch } from 'node:fs'
import { sep } from 'node:path'

/** Installed and packed code is not edited; there is too much of it to look at. */
const IGNORED = new Set(['node_modules', 'miniprogram_npm'])

/**
 * Calls `changed` after files under these folders have changed and then rested for a moment: editors write a file in
 * several steps. Never twice at once, and once more when something changed meanwhile. A folder that is removed is no
 * longer watched.
 * @param changed must not reject
 * @returns stops watching
 */
export function watchFolders(folders: readonly string[], changed: () => Promise<void>, restMs = 60): () => void {
  let timer: NodeJS.Timeout | undefined
  let running = false
  let stopped = false
  const run = async () => {
    if (running) return soon()
    running = true
    try {
      await changed()
    } finally {
      running = false
    }
  }
  const soon = () => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), restMs)
  }
  const touched = (_event: string, name: string | null) => {
    if (!name?.split(sep).some((part) => IGNORED.has(part))) soon()
  }
  const watchers = folders.map((folder) => watch(folder, { recursive: true }, touched))
  for (const watcher of watchers) watcher.on('error', () => watcher.close())
  return () => {
    stopped = true
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
