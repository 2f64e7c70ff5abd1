import type { IncomingMessage } from 'node:http'

/** How much of a body that is too large we still read, so that its sender gets to see our answer. */
const DRAIN_MAX = 16 * 1024 * 1024

/**
 * The whole body of a request, or null when it is larger than `max` bytes.
 * @throws Error when the client goes away half-way, or does not stop sending.
 */
export async function readBody(req: IncomingMessage, max: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= max) chunks.push(chunk)
    else chunks.length = 0
    if (size > max + DRAIN_MAX) throw new Error('the body does not end')
  }
  return size > max ? null : Buffer.concat(chunks)
}
