import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client as LiveClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/live/v20180801/live_client'
import { Client as VodClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/vod/v20180717/vod_client'
import { type Streaming, type StreamingHooks, type StreamingOptions, startStreaming } from '../../../local/css'
import { txSecret } from '../../../local/css/admission'

export const PUSH_KEY = 'push-key'
export const CALLBACK_KEY = 'callback-key'
export const SECRET_ID = 'AKIDtest'
export const SECRET_KEY = 'api-key'

const CREDENTIAL = { secretId: SECRET_ID, secretKey: SECRET_KEY }
type ClientChange = { port?: number; secretId?: string; secretKey?: string }

export type CallbackEvent = Record<string, unknown> & { event_type: number; stream_id: string; sequence: string }

/** `?txSecret=..&txTime=..` of a stream, valid for an hour unless told otherwise. */
export function sign(name: string, key = PUSH_KEY, expiresInS = 3600): string {
  const txTime = Math.floor(Date.now() / 1000 + expiresInS).toString(16)
  return `txSecret=${txSecret(key, name, txTime)}&txTime=${txTime}`
}

/** The streaming stand-in in its worker, in front of a main thread that records callbacks and runs `handler`. */
export class Cloud {
  readonly callbacks: CallbackEvent[] = []
  handler: RequestListener = (_request, response) => response.writeHead(404).end()
  readonly upstream: Server = createServer((request, response) => this.#serve(request, response))
  readonly folder = mkdtempSync(join(tmpdir(), 'css-'))
  /** Set by `start` and `restart`. */
  streaming!: Streaming
  readonly #waiting = new Set<() => void>()

  async start(change: Partial<StreamingOptions> = {}, hooks: StreamingHooks = {}): Promise<this> {
    await this.listen()
    await this.restart(change, hooks)
    return this
  }

  /** Opens the main thread's side alone. */
  listen(): Promise<void> {
    return new Promise((resolve) => this.upstream.listen(0, '127.0.0.1', resolve))
  }

  async restart(change: Partial<StreamingOptions> = {}, hooks: StreamingHooks = {}): Promise<void> {
    this.streaming = await startStreaming({ ...this.options(), ...change }, hooks)
  }

  options(): StreamingOptions {
    return {
      httpPort: 0,
      rtmpPort: 0,
      upstream: { port: (this.upstream.address() as AddressInfo).port },
      pushKey: PUSH_KEY,
      callbackKey: CALLBACK_KEY,
      apiSecretId: SECRET_ID,
      apiSecretKey: SECRET_KEY,
      mediaDir: join(this.folder, 'media'),
    }
  }

  /** Tencent's own clients, with nothing changed but the endpoint. */
  live(change: ClientChange = {}): LiveClient {
    return new LiveClient(this.#clientConfig(change))
  }
  vod(change: ClientChange = {}): VodClient {
    return new VodClient(this.#clientConfig(change))
  }

  #clientConfig({ port = this.streaming.httpPort, ...credential }: ClientChange) {
    const httpProfile = { endpoint: `127.0.0.1:${port}`, protocol: 'http://' }
    return { credential: { ...CREDENTIAL, ...credential }, region: '', profile: { httpProfile } }
  }

  async stop(): Promise<void> {
    await this.streaming?.close()
    this.upstream.close()
    this.upstream.closeAllConnections()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Address of a stream or page, by scheme. */
  http(path: string): string {
    return `http://127.0.0.1:${this.streaming.httpPort}${path}`
  }
  ws(path: string): string {
    return `ws://127.0.0.1:${this.streaming.httpPort}${path}`
  }
  rtmp(path: string): string {
    return `rtmp://127.0.0.1:${this.streaming.rtmpPort}${path}`
  }

  /** The first callback of a type for a stream, and as told, now or when it comes. */
  async event(
    type: 0 | 1 | 100 | 332,
    name: string,
    is: (event: CallbackEvent) => boolean = () => true,
  ): Promise<CallbackEvent> {
    for (;;) {
      const found = this.callbacks.find((event) => event.event_type === type && event.stream_id === name && is(event))
      if (found) return found
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  #serve(...[request, response]: Parameters<RequestListener>): void {
    if (request.url !== '/http/live-callback') {
      this.handler(request, response)
      return
    }
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      this.callbacks.push(JSON.parse(text))
      response.end('{"code":0}')
      for (const wake of this.#waiting) wake()
      this.#waiting.clear()
    })
  }
}
