import { type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { sendText } from './reply'

/** Headers between two neighbours (RFC 9110 §7.6.1); node sets its own. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade'])

function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    if (!HOP_BY_HOP.has(name.toLowerCase())) kept.push(name, rawHeaders[i + 1] ?? '')
  }
  return kept
}

/**
 * Hands a request to the server on `port` of this machine and streams its answer back, headers and bytes unchanged. Each
 * request opens a connection of its own: a reused one may turn out to be closed just when a POST is on it, which cannot
 * be repeated; on loopback a new one costs a tenth of a millisecond.
 */
export function proxyRequest(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const headers = endToEnd(incoming.rawHeaders)
  if (incoming.headers['transfer-encoding']) headers.push('Transfer-Encoding', 'chunked')
  const outgoing = openRequest({
    host: '127.0.0.1',
    port,
    agent: false,
    method: incoming.method,
    path: incoming.url,
    headers,
    setHost: false,
  })
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders))
    response.flushHeaders()
    pipeline(answer, response, () => undefined)
  })
  outgoing.on('error', () => {
    // Once there is an answer, its own end or failure decides.
    if (!response.headersSent) sendText(response, 503, 'the local cloud is not ready or has stopped')
  })
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

/** Joins an upgrading connection with the server on `port`, byte for byte, until either side ends. */
export function proxyUpgrade(incoming: IncomingMessage, client: Socket, head: Buffer, port: number): void {
  const server = connect(port, '127.0.0.1')
  const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`]
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`)
  }
  server.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  server.write(head)
  server.setNoDelay(true)
  client.setNoDelay(true)
  // pipeline() would not end a half-closed pair: an end on one side is passed on, a close of one side closes the other.
  client.pipe(server).pipe(client)
  server.on('error', () => {
    if (server.bytesRead > 0 || !client.writable) client.destroy()
    else refuseUpgrade(client, 503, 'the local cloud is not ready or has stopped')
  })
  server.on('close', () => client.destroySoon())
  client.on('error', () => server.destroy())
  client.on('close', () => server.destroy())
}

/** Answers an upgrade request with a plain HTTP error. */
export function refuseUpgrade(socket: Socket, status: number, text: string): void {
  const body = `${text}\n`
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
