import cloud from 'wx-server-sdk'
import type { TextCheck } from '../core/ports'

/** What WeChat's check is asked. */
export interface WxQuestion {
  version: 2
  openid: string
  /** 1: a profile, 2: a comment, 3: a forum. */
  scene: 1 | 2 | 3
  content: string
}

export interface WxOptions {
  env: string
  /** What to do with a text that WeChat would have a person look at. */
  review: 'pass' | 'refuse'
  /** Tells the time in ms; the machine's own when absent. */
  now?: () => number
  /** In place of `cloud.openapi.security.msgSecCheck`. */
  ask?: (question: WxQuestion) => Promise<unknown>
}

/** WeChat reads at most this many characters of one text. */
export const CONTENT_MAX = 2500
/** WeChat allows 4,000 questions a minute for the whole mini program; one instance takes this share of them. */
export const PER_SECOND = 20
export const TIMEOUT_MS = 2500

const SCENES = { profile: 1, chat: 2, title: 3 } as const

/**
 * WeChat's own check, `security.msgSecCheck` version 2, for people who have used the mini program within two hours.
 * Rejects when there is no clear answer: also when too much is asked, when a text is too long, and after 2.5 s.
 */
export function createWxCheck({ env, review, now = Date.now, ask = askWeChat(env) }: WxOptions) {
  const allowed = rateLimit(now)
  return async (text: string, openid: string, scene: Parameters<TextCheck['passes']>[1]['scene']): Promise<boolean> => {
    if (text.length > CONTENT_MAX) throw new Error(`a text of ${text.length} characters is too long to be checked`)
    if (!allowed()) throw new Error('too many texts to check')
    const answer = await inTime(ask({ version: 2, openid, scene: SCENES[scene], content: text }))
    const suggest = suggestionOf(answer)
    if (suggest === 'pass' || suggest === 'risky') return suggest === 'pass'
    if (suggest === 'review') return review === 'pass'
    throw new Error(`msgSecCheck suggests ${String(suggest).slice(0, 20)}`)
  }
}

/** `result.suggest` of an answer of version 2. */
function suggestionOf(answer: unknown): unknown {
  const { result } = (answer ?? {}) as { result?: { suggest?: unknown } | null }
  return result?.suggest
}

/** Fills evenly, and holds one second's worth. */
function rateLimit(now: () => number): () => boolean {
  let left = PER_SECOND
  let filledAt = now()
  return () => {
    left = Math.min(PER_SECOND, left + ((now() - filledAt) / 1000) * PER_SECOND)
    filledAt = now()
    if (left < 1) return false
    left -= 1
    return true
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`msgSecCheck did not answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The function's right to ask stands in its config.json: `permissions.openapi`. */
function askWeChat(env: string): (question: WxQuestion) => Promise<unknown> {
  let ready = false
  return (question) => {
    if (!ready) cloud.init({ env })
    ready = true
    return cloud.openapi.security.msgSecCheck(question)
  }
}
