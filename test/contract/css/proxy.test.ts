import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import WebSocket, { WebSocketServer } from 'ws'
import { Cloud } from './cloud'

let cloud: Cloud
beforeEach(async () => {
  cloud = await new Cloud().start()
})
afterEach(() => cloud.stop())

const md5 = (data: Buffer) => createHash('md5').update(data).digest('hex')

/** Sends bytes to the public port and returns all that comes back. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(cloud.streaming.httpPort, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

it('hands on method, path, headers and bodies of megabytes unchanged, both ways', async () => {
  const up = randomBytes(3 << 20)
  const down = randomBytes(3 << 20)
  let seen: { method?: string; url?: string; cookies?: string[]; md5?: string } = {}
  cloud.handler = async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const cookies = incoming.rawHeaders.filter((_, i, all) => all[i - 1] === 'X-Twice')
    seen = { method: incoming.method ?? '', url: incoming.url ?? '', cookies, md5: md5(Buffer.concat(chunks)) }
    response.writeHead(207, 'Odd', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-CaSe', 'kept']).end(down)
  }
  const outgoing = request({
    host: '127.0.0.1',
    port: cloud.streaming.httpPort,
    path: '/a//b/%2e%2e?q=%00&q=2',
    method: 'PUT',
    headers: { 'X-Twice': ['1', '2'] },
  })
  outgoing.end(up)
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  expect(seen).toEqual({ method: 'PUT', url: '/a//b/%2e%2e?q=%00&q=2', cookies: ['1', '2'], md5: md5(up) })
  expect([answer.statusCode, answer.statusMessage]).toEqual([207, 'Odd'])
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  expect(answer.rawHeaders).toContain('X-CaSe')
  expect(md5(Buffer.concat(chunks))).toBe(md5(down))
})

it('hands on a body in chunks of unknown length, and a post without a body', async () => {
  cloud.handler = async (incoming, response) => {
    let text = ''
    for await (const chunk of incoming) text += chunk
    response.end(`${incoming.headers['transfer-encoding'] ?? 'whole'} ${text}`)
  }
  const answerTo = async (write: (outgoing: ClientRequest) => void): Promise<string> => {
    const outgoing = request(cloud.http('/upload'), { method: 'POST' })
    write(outgoing)
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of answer) text += chunk
    return text
  }
  const chunked = await answerTo((outgoing) => {
    outgoing.write('one ')
    outgoing.end('two')
  })
  expect(chunked).toBe('chunked one two')
  expect(await answerTo((outgoing) => outgoing.end())).toMatch(/^(whole|chunked) $/)
})

it('passes server-sent events on one by one, while the answer is still open', async () => {
  const opened = new Promise<ServerResponse>((resolve) => {
    cloud.handler = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
      resolve(response)
    }
  })
  const response = await fetch(cloud.http('/events'))
  const reader = response.body?.getReader()
  const next = async () => Buffer.from((await reader?.read())?.value ?? []).toString()
  expect(await next()).toBe('data: 1\n\n')
  const behind = await opened
  behind.write('data: 2\n\n')
  expect(await next()).toBe('data: 2\n\n')
  await reader?.cancel()
})

it('aborts the request behind when the client goes away', async () => {
  const aborted = new Promise<void>((resolve) => {
    cloud.handler = (_request, response) => {
      response.writeHead(200).write('x')
      response.on('close', resolve)
    }
  })
  const abort = new AbortController()
  await fetch(cloud.http('/long'), { signal: abort.signal })
  abort.abort()
  await aborted
})

it('cuts the answer short when the server behind dies in the middle of it', async () => {
  cloud.handler = (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half')
    setImmediate(() => response.destroy())
  }
  const response = await fetch(cloud.http('/half'))
  await expect(response.arrayBuffer()).rejects.toThrow()
})

it('says 503 in plain text when nothing answers behind, for requests and upgrades', async () => {
  cloud.upstream.close()
  const response = await fetch(cloud.http('/'))
  expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/plain; charset=utf-8'])
  expect(await response.text()).toContain('not ready')
  const socket = new WebSocket(cloud.ws('/im/ws'))
  const [, refused] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  expect(refused.statusCode).toBe(503)
})

it('joins a WebSocket with the server behind: subprotocol, frames and close code', async () => {
  const server = new WebSocketServer({ server: cloud.upstream })
  server.on('connection', (socket) => {
    socket.on('message', (data) => socket.send(data))
  })
  const socket = new WebSocket(cloud.ws('/im/ws?token=x'), 'chat')
  await once(socket, 'open')
  expect(socket.protocol).toBe('chat')
  const big = randomBytes(1 << 20)
  socket.send(big)
  const [echo] = await once(socket, 'message')
  expect(md5(echo as Buffer)).toBe(md5(big))
  for (const client of server.clients) client.close(4321, 'bye')
  const [code, reason] = await once(socket, 'close')
  expect([code, String(reason)]).toEqual([4321, 'bye'])
})

it('tells the server behind at once when a WebSocket client vanishes', async () => {
  const server = new WebSocketServer({ server: cloud.upstream })
  const connected = once(server, 'connection')
  const socket = new WebSocket(cloud.ws('/im/ws'))
  const [behind] = (await connected) as [WebSocket]
  await once(socket, 'open')
  const closed = once(behind, 'close')
  socket.terminate()
  expect((await closed)[0]).toBe(1006)
})

it.each([
  ['a rebound host name', 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', '403'],
  [
    'a post of another origin',
    'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    '403',
  ],
  [
    'a WebSocket of another origin',
    'GET /live/show.flv HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    '403',
  ],
])('refuses %s before anything behind sees it', async (_fault, bytes, status) => {
  const reached = jest.fn()
  cloud.handler = reached
  cloud.upstream.on('upgrade', reached)
  expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(reached).not.toHaveBeenCalled()
})

it('sends no CORS header of its own', async () => {
  const response = await fetch(cloud.http('/live/none.flv'))
  expect(response.headers.has('access-control-allow-origin')).toBe(false)
})
