import { journal } from '../journal'
import { network } from '../network'
import { api, type Options, text } from './api'
import { cloudFiles } from './cloud-files'
import type { PhoneCore } from './core'
import { WxError } from './error'

const actionOf = (data: unknown) =>
  data && typeof data === 'object' && 'action' in data ? text((data as { action: unknown }).action) : ''

async function post(name: string, data: unknown, user: string): Promise<unknown> {
  const response = await network.fetch(`/functions/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-dev-openid': user },
    body: JSON.stringify(data ?? {}),
  })
  const body = await response.text()
  try {
    return JSON.parse(body)
  } catch {
    throw new WxError(`FunctionName:${name} answered HTTP ${response.status} and no JSON`, { errCode: -504002 })
  }
}

/** Files, and cloud functions by way of the local gateway, which learns the caller from the phone's user. */
export function cloud(core: PhoneCore) {
  const { user, countCloudCall } = core
  return {
    cloud: {
      init() {},
      ...cloudFiles(core),
      callFunction: api('cloud.callFunction', async (options: Options) => {
        const name = text(options.name)
        const action = actionOf(options.data)
        countCloudCall({ name, action, at: Date.now() })
        const label = action ? `${name}.${action}` : name
        const begun = performance.now()
        try {
          const result = await post(name, options.data, user)
          journal.note(`cloud ${label} ${Math.round(performance.now() - begun)} ms`)
          return { result, requestID: crypto.randomUUID() }
        } catch (error) {
          journal.note(`cloud ${label} failed: ${String(error)}`)
          if (error instanceof WxError) throw error
          const reason = network.wasInterrupted(error) ? ' interrupted' : ''
          throw new WxError(`errCode: -1 | errMsg: request:fail${reason}`, { errCode: -1 })
        }
      }),
    },
  }
}
