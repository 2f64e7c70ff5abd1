import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What the environment of `npm start` decides. */
export interface Config {
  /** Public HTTP port, 0 = any. */
  port: number
  rtmpPort: number
  /** Absolute. */
  dataDir: string
  /** Absolute: the folder of the mini program that the preview shows. */
  miniprogram: string
  /** Rhythm of the timer triggers, ms. */
  sweepMs: number
}

/** Something the user can put right: shown without a stack, exit 1. */
export class UserError extends Error {}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max)) {
    throw new UserError(`${name} must be a whole number from ${min} to ${max}, and is "${text}".`)
  }
  return value
}

function miniprogramOf(folder: string | undefined): string {
  if (!folder) return join(__dirname, '..', 'miniprogram')
  const root = resolve(folder)
  if (existsSync(join(root, 'app.json'))) return root
  throw new UserError(`MINIPROGRAM must be a folder with an app.json, and is "${folder}".`)
}

/** @throws UserError naming the variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: whole(env, 'PORT', 8080, 0, 65_535),
    rtmpPort: whole(env, 'RTMP_PORT', 1935, 0, 65_535),
    dataDir: resolve(env.DATA_DIR || '.local'),
    miniprogram: miniprogramOf(env.MINIPROGRAM),
    sweepMs: whole(env, 'SWEEP_MS', 5000, 100, 3_600_000),
  }
}
