import { randomBytes } from 'node:crypto'
import { type Config, readConfig } from '../adapters/config'
import { withTrtc } from '../adapters/css/trtc'
import { createImRest } from '../adapters/im-rest'
import { createCloudbaseStore } from '../adapters/store'
import { createCssStreaming } from '../adapters/streaming-css'
import { withBizid } from '../adapters/streaming-names'
import { createTextCheck } from '../adapters/text'
import type { Chat, RoomStore, Streaming } from '../core/ports'
import { reachAccounts } from '../core/room-service/reach'
import { createRoomService, type RoomService } from '../core/service'

export interface Services {
  config: Config
  room: RoomService
}

/** What the rules work on besides; for doors that speak another protocol than ours. */
export interface Opened extends Services {
  store: RoomStore
  streaming: Streaming
  chat: Chat
}

let built: Opened | undefined

/** The room service on the vendors that the environment names; built by the first call of this instance. */
export function services(): Opened {
  if (built) return built
  const config = readConfig(process.env)
  const store = createCloudbaseStore(config.env)
  const streaming = withTrtc(withBizid(createCssStreaming(config.streaming), config.service.live.bizid))
  const chat = reachAccounts(createImRest(config.im), store, Date.now)
  const room = createRoomService({
    store,
    streaming,
    chat,
    text: createTextCheck(config.text),
    config: config.service,
    now: Date.now,
    randomBytes,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
    trace: (entry) => log(JSON.stringify(entry)),
  })
  built = { config, room, store, streaming, chat }
  return built
}

/** One line in the function's log. */
export function log(line: string, error?: unknown): void {
  console.error(error === undefined ? line : `${line}: ${error instanceof Error ? error.stack : JSON.stringify(error)}`)
}
