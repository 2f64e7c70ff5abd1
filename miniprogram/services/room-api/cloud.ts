import { type CallerOptions, createCaller } from './caller'
import { type RoomApi, RoomApiError } from './port'

/** The part of `wx.cloud.callFunction` that is used. */
export type CallFunction = (options: { name: string; data: Record<string, unknown> }) => Promise<{ result?: unknown }>

/** Error codes of the cloud that mean that the function ran and failed, or ran out of time (CloudBase error list). */
const FAILED = new Set([-404011, -504002])
const TIMED_OUT = new Set([-404012, -504003])

/** The room service by cloud function `room`; the platform says who is calling. */
export function createCloudRoomApi(options: CallerOptions & { callFunction: CallFunction }): RoomApi {
  return createCaller(async (request) => {
    try {
      return (await options.callFunction({ name: 'room', data: request })).result
    } catch (cause) {
      throw toRoomApiError(cause)
    }
  }, options)
}

function toRoomApiError(cause: unknown): RoomApiError {
  const { errCode, errMsg } = (cause ?? {}) as { errCode?: unknown; errMsg?: unknown }
  const message = typeof errMsg === 'string' ? errMsg : String(cause)
  if (typeof errCode !== 'number') return new RoomApiError('network', message)
  if (FAILED.has(errCode)) return new RoomApiError('internal', message, { errCode })
  return new RoomApiError(TIMED_OUT.has(errCode) ? 'timeout' : 'network', message, { errCode })
}
