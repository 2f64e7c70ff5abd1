import { randomBytes } from 'node:crypto'
import type { ActionName } from '../../miniprogram/protocol/actions'
import type { ErrorBody, Reply } from '../../miniprogram/protocol/errors'
import { actionOf, type Issue, parseInput } from '../contract/parse'
import { publicUserId } from '../core/ids'
import { Refusal } from '../core/refusal'
import type { RoomActions } from '../core/service'
import { log, type Services } from './services'

/** What every door answers. Nothing but a `Refusal` tells its reason: the rest is in the log, under `requestId`. */
export async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { result: await work(), serverNow: Date.now() }
  } catch (error) {
    return { error: errorOf(error), serverNow: Date.now() }
  }
}

function errorOf(error: unknown): ErrorBody {
  if (error instanceof Refusal) {
    const { code, message, details } = error
    return details === undefined ? { code, message } : { code, message, details }
  }
  const requestId = randomBytes(8).toString('hex')
  log(`request ${requestId} failed`, error)
  return { code: 'internal', message: 'something went wrong on the server', requestId }
}

/** The refusal of a request that does not have its documented shape. */
export const badInput = (issues: Issue[]): Refusal =>
  new Refusal('bad-input', issues.map(({ field, problem }) => `${field} ${problem}`).join('; '), { issues })

/** Runs the action that the event names, for the caller that the door identified. */
export async function dispatch(openServices: () => Services, openid: string, event: unknown): Promise<unknown> {
  if (openid === '') throw new Refusal('unauthenticated', 'who calls is not known')
  const action = actionOf(event)
  if (!action.ok) throw badInput(action.issues)
  const { config, room } = openServices()
  const caller = { userId: publicUserId(config.service.userIdSecret, openid), openid }
  return run(room.actions, action.value, caller, event)
}

function run<A extends ActionName>(
  actions: RoomActions,
  action: A,
  caller: Parameters<RoomActions[A]>[0],
  event: unknown,
): Promise<unknown> {
  const input = parseInput(action, event)
  if (!input.ok) throw badInput(input.issues)
  return actions[action](caller, input.value)
}
