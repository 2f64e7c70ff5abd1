import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { CHAT_PING_MS } from '../../miniprogram/protocol/local-chat'
import { CallbackClient, type CallbackOptions } from './callback-client'
import { type Counters, zeroCounters } from './counters'
import { noGroupLog, openGroupLog } from './group-log'
import { Hub } from './hub'
import { type CallbackStats, Moderation, VERDICT_MS } from './moderation'
import { answerRest, REST_PREFIX } from './rest'
import { Sockets } from './sockets'
import { verifyUserSig } from './user-sig'

export interface ChatOptions {
  sdkAppId: number
  /** Signs the UserSig of users and of the administrator. */
  secretKey: string
  /** The only account that may use the REST API. */
  admin: string
  /** Where groups are remembered over a restart; without it they are forgotten. */
  dataDir?: string
  /** ms since the epoch */
  now?: () => number
  /** Rhythm of the clients' pings; a socket that is silent for three of them is let go. */
  pingMs?: number
  /** Who is asked before a member's message is delivered, and told afterwards; without it nobody is. */
  callback?: CallbackOptions
}

export interface ChatStats extends Counters {
  connections: number
  users: number
  groups: number
  /** Bytes waiting in all sockets, and in the fullest of them. */
  queuedBytes: number
  longestQueue: number
  /** Null without a callback. */
  callbacks: CallbackStats | null
}

/** A chat service that answers on two paths of somebody else's HTTP server. */
export interface Chat {
  /** Takes requests under `/im/v4/`; false for any other. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Takes WebSocket upgrades of `/im/ws`; false for any other. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  stats(): ChatStats
  /** Ends every connection; clients reconnect by themselves to the next run. */
  close(): Promise<void>
}

const SOCKET_PATH = '/im/ws'

/**
 * The stand-in for Tencent's chat: groups made by the server over REST, messages over a WebSocket
 * (`miniprogram/protocol/local-chat.ts`).
 * @throws when `dataDir` cannot be written
 */
export function createChat(options: ChatOptions): Chat {
  const { sdkAppId, secretKey, admin, dataDir, now = Date.now, pingMs = CHAT_PING_MS, callback } = options
  const hub = new Hub(dataDir === undefined ? noGroupLog() : openGroupLog(join(dataDir, 'im-groups.jsonl'), now()), now)
  const counters = zeroCounters()
  const verify = (userId: string, userSig: string) =>
    verifyUserSig({ sdkAppId, secretKey, userId, userSig, now: now() })
  const moderation = callback
    ? new Moderation(new CallbackClient(callback, sdkAppId, now), {
        hub,
        counters,
        now,
        verdictMs: callback.verdictMs ?? VERDICT_MS,
      })
    : null
  const sockets = new Sockets({ hub, counters, now, verify, moderation }, pingMs)
  return {
    handle(request, response) {
      if (!request.url?.startsWith(REST_PREFIX)) return false
      void answerRest(request, response, { hub, sdkAppId, admin, verify })
      return true
    },
    upgrade(request, socket, head) {
      if (request.url?.split('?')[0] !== SOCKET_PATH) return false
      sockets.accept(request, socket, head)
      return true
    },
    stats: () => ({ ...counters, ...hub.size, ...sockets.stats, callbacks: moderation?.stats ?? null }),
    close() {
      moderation?.close()
      return sockets.close()
    },
  }
}
