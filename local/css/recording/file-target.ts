import { type FileHandle, open } from 'node:fs/promises'
import type { StreamTargetChunk, Target } from 'mediabunny'
import type { Mediabunny } from '../remuxer'

/**
 * A file, made with the first write, that each fragment reaches as soon as it is complete, so that a kill of the process
 * costs the last one at most. The library's own file target leaves its file open when a write fails.
 */
export function fileTarget(lib: Mediabunny, path: string): Target {
  let file: FileHandle | null = null
  const close = async (): Promise<void> => {
    const opened = file
    file = null
    await opened?.close()
  }
  const sink = new WritableStream<StreamTargetChunk>({
    async write({ data, position }) {
      try {
        file ??= await open(path, 'w')
        await file.write(data, 0, data.byteLength, position)
      } catch (error) {
        await close().catch(() => undefined)
        throw error
      }
    },
    close,
    abort: close,
  })
  return new lib.StreamTarget(sink)
}
