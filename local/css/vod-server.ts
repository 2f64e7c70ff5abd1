import { type FileHandle, open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import type { MediaLibrary } from './recording/library'
import { sendText } from './reply'

const RANGE = /^bytes=(\d*)-(\d*)$/

/** `GET /vod/<file id>.mp4`: a complete recording, with ranges, without which a player cannot seek. */
export function serveRecording(
  request: IncomingMessage,
  response: ServerResponse,
  library: MediaLibrary,
  fileId: string,
): void {
  answer(request, response, library, fileId).catch(() => response.destroy())
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  library: MediaLibrary,
  fileId: string,
): Promise<void> {
  const file = (await library.find(fileId)) && (await open(library.pathOf(fileId)).catch(() => null))
  if (!file) return sendText(response, 404, 'no such recording')
  let handedOver = false
  try {
    handedOver = await send(request, response, file)
  } finally {
    if (!handedOver) await file.close()
  }
}

/** True if the stream that reads the file closes it. */
async function send(request: IncomingMessage, response: ServerResponse, file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  const range = parseRange(request.headers.range, size)
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
    return false
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  response.writeHead(range ? 206 : 200, {
    'content-type': 'video/mp4',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    // A file never changes, and may be deleted.
    'cache-control': 'private, no-cache',
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  })
  if (request.method === 'HEAD' || size === 0) {
    response.end()
    return false
  }
  pipeline(file.createReadStream({ start, end }), response, () => undefined)
  return true
}

/**
 * One byte range (RFC 9110 §14.2): `a-b`, `a-`, or the last `-n`. Null for none or a form not known, which means the whole
 * file.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const [, from = '', to = ''] = RANGE.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < start) return null
  return start <= end && start < size ? { start, end } : 'unsatisfiable'
}
