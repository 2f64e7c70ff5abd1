import { type FileHandle, open } from 'node:fs/promises'
import type { Mediabunny } from '../remuxer'

const BOX_HEADER_BYTES = 8
const LONG_HEADER_BYTES = 16

/**
 * Cuts a fragmented MP4 that was not completed after its last whole fragment.
 * @returns how long what is left plays, in seconds; null if nothing of it can be played or the file is not there
 */
export async function salvage(lib: Mediabunny, path: string): Promise<number | null> {
  const file = await open(path, 'r+').catch(() => null)
  if (!file) return null
  try {
    const end = await endOfLastFragment(file)
    if (end === 0) return null
    await file.truncate(end)
  } finally {
    await file.close()
  }
  return playingTime(lib, path)
}

/** Offset behind the last `mdat` that is there to its last byte; 0 without one. */
async function endOfLastFragment(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  const header = Buffer.alloc(LONG_HEADER_BYTES)
  let end = 0
  for (let offset = 0; offset + BOX_HEADER_BYTES <= size; ) {
    header.fill(0)
    await file.read(header, 0, LONG_HEADER_BYTES, offset)
    const short = header.readUInt32BE(0)
    // 1: the length stands behind the type, in 64 bits (ISO/IEC 14496-12).
    const length = short === 1 ? Number(header.readBigUInt64BE(BOX_HEADER_BYTES)) : short
    if (length < BOX_HEADER_BYTES || offset + length > size) break
    offset += length
    if (header.toString('latin1', 4, 8) === 'mdat') end = offset
  }
  return end
}

async function playingTime(lib: Mediabunny, path: string): Promise<number | null> {
  const input = new lib.Input({ source: new lib.FilePathSource(path), formats: [lib.MP4] })
  try {
    return await input.computeDuration()
  } catch {
    return null
  } finally {
    input.dispose()
  }
}
