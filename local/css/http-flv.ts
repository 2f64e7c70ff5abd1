import type { IncomingMessage, ServerResponse } from 'node:http'
import { REFUSALS, type StreamRequest } from './admission'
import type { Gate } from './gate'
import { Player } from './player'
import { sendText } from './reply'

/** Answers with the endless FLV of a live stream. */
export function serveHttpFlv(
  request: IncomingMessage,
  response: ServerResponse,
  stream: StreamRequest,
  gate: Gate,
): void {
  const refusal = gate.mayPlay(stream)
  if (refusal) {
    sendText(response, REFUSALS[refusal].http, REFUSALS[refusal].text)
    return
  }
  request.socket.setNoDelay(true)
  // Ended by closing instead of chunked: one write per message instead of three.
  response.useChunkedEncodingByDefault = false
  response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-store', connection: 'close' })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  response.flushHeaders()
  const leave = gate.play(
    stream,
    new Player('flv', {
      write: (bytes) => response.write(bytes),
      queued: () => response.writableLength,
      end: () => response.end(),
      abort: () => response.destroy(),
    }),
  )
  if (typeof leave === 'string') response.destroy()
  else response.on('close', leave)
}
