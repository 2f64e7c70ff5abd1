import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Callbacks } from '../../../../local/css/callbacks'
import { Stream } from '../../../../local/css/stream'
import { END, type Push } from '../../../../local/css/stream-table'
import { message, meta } from './media'

type Event = Record<string, unknown> & { event_type: number; stream_id: string; t: number; sign: string }

/** A business server: answers each delivery with the next status, 200 when none is left. */
class Receiver {
  readonly events: Event[] = []
  readonly statuses: number[] = []
  #wake: (() => void) | null = null
  readonly #server: Server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      this.events.push(JSON.parse(text))
      response.writeHead(this.statuses.shift() ?? 200).end()
      this.#wake?.()
    })
  })

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/http/live-callback`
  }

  async received(count: number): Promise<Event[]> {
    while (this.events.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.events
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

const NOW = 1_700_000_000_000
let receiver: Receiver
let callbacks: Callbacks

beforeEach(async () => {
  receiver = new Receiver()
  const callbackUrl = await receiver.listen()
  const config = { app: 'live', domain: 'push.local', host: '127.0.0.1', callbackKey: 'cb', callbackUrl }
  callbacks = new Callbacks({ ...config, callbackRetryMs: [1, 1, 1] }, () => NOW)
})
afterEach(() => {
  callbacks.close()
  receiver.close()
})

function pushed(name: string): Push {
  const stream = new Stream()
  stream.push(message(18, meta({ width: 320, height: 240, videocodecid: 7 })))
  const common = { app: 'live', name, query: 'txSecret=a&txTime=b', ip: '127.0.0.1', close: () => undefined }
  return { ...common, sequence: '42', startedAt: NOW - 1234, stream }
}

it("carries Tencent's fields and a sign that the receiver can check", async () => {
  callbacks.started(pushed('s'))
  callbacks.ended(pushed('s'), END.client)
  const [start, end] = await receiver.received(2)
  const common = {
    app: 'push.local',
    appname: 'live',
    stream_id: 's',
    channel_id: 's',
    event_time: NOW / 1000,
    sequence: '42',
    user_ip: '127.0.0.1',
    stream_param: 'txSecret=a&txTime=b',
    t: NOW / 1000 + 600,
    sign: createHash('md5')
      .update(`cb${NOW / 1000 + 600}`)
      .digest('hex'),
  }
  expect(start).toMatchObject({ ...common, event_type: 1, errcode: 0, errmsg: 'ok', width: 0, height: 0 })
  expect(end).toMatchObject({ ...common, event_type: 0, errcode: 1, push_duration: '1234', width: 320, height: 240 })
})

it('keeps the order of a stream while the first delivery has to be repeated', async () => {
  receiver.statuses.push(500, 503)
  callbacks.started(pushed('s'))
  callbacks.ended(pushed('s'), END.client)
  expect((await receiver.received(4)).map((event) => event.event_type)).toEqual([1, 1, 1, 0])
})

it('gives an event up after three repetitions and goes on with the next', async () => {
  const warn = jest.spyOn(console, 'warn').mockReturnValue()
  receiver.statuses.push(500, 500, 500, 500)
  callbacks.started(pushed('s'))
  callbacks.ended(pushed('s'), END.drop)
  const events = await receiver.received(5)
  expect(events.map((event) => event.event_type)).toEqual([1, 1, 1, 1, 0])
  expect(events[4]).toMatchObject({ errcode: 21, errmsg: 'Dropped by API' })
  expect(warn).toHaveBeenCalledTimes(1)
  warn.mockRestore()
})

it('does not let one stream wait for another', async () => {
  receiver.statuses.push(500)
  callbacks.started(pushed('a'))
  await receiver.received(1)
  callbacks.started(pushed('b'))
  const events = await receiver.received(3)
  expect(events.map((event) => event.stream_id).sort()).toEqual(['a', 'a', 'b'])
})

it('repeats an event about a recording for much longer, beside the others, and says what became of it', async () => {
  receiver.statuses.push(...Array<number>(9).fill(503))
  const delivered = callbacks.record('s', { event_type: 100, stream_id: 's' })
  const after = callbacks.record('s', { event_type: 332, stream_id: 's' })
  expect(await delivered).toBe(true)
  expect(await after).toBe(true)
  expect(receiver.events.map((event) => event.event_type)).toEqual([...Array<number>(10).fill(100), 332])
  expect(receiver.events[0]).toMatchObject({ appid: 1400000000, t: NOW / 1000 + 600 })
  const given = callbacks.record('s', { event_type: 100, stream_id: 's' })
  callbacks.close()
  expect(await given).toBe(false)
})
