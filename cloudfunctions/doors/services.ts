import { randomBytes } from 'node:crypto'
import { type Config, readConfig } from '../adapters/config'
import { createImRest } from '../adapters/im-rest'
import { createCloudbaseStore } from '../adapters/store'
import { createCssStreaming } from '../adapters/streaming-css'
import { createTextCheck } from '../adapters/text'
import { createRoomService, type RoomService } from '../core/service'

export interface Services {
  config: Config
  room: RoomService
}

let built: Services | undefined

/** The room service on the vendors that the environment names; built by the first call of this instance. */
export function services(): Services {
  if (built) return built
  const config = readConfig(process.env)
  const room = createRoomService({
    store: createCloudbaseStore(config.env),
    streaming: createCssStreaming(config.streaming),
    chat: createImRest(config.im),
    text: createTextCheck(config.text),
    config: config.service,
    now: Date.now,
    randomBytes,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log,
  })
  built = { config, room }
  return built
}

/** One line in the function's log. */
export function log(line: string, error?: unknown): void {
  console.error(error === undefined ? line : `${line}: ${error instanceof Error ? error.stack : JSON.stringify(error)}`)
}
