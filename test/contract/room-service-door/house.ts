import { userSig } from '../../../cloudfunctions/core/user-sig'
import { type Functions, startFunctions } from '../room-service/functions'
import { type Generation, OldClient, type Type } from './old-client'

/** As `startFunctions` sets them. */
export const KEY = { sdkAppId: 1400000000, secretKey: 'im-key-1' }
export const ADMIN_SECRET = 'admin-token-secret-1'

export const sigFor = (account: string, expireS = 3600, nowS = Math.floor(Date.now() / 1000)): string =>
  userSig(KEY, account, expireS, nowS)

/** The built functions, and terminals of the old system in front of them. */
export interface House extends Functions {
  client(account: string, type?: Type, generation?: Generation): OldClient
  /** The same, logged in. */
  terminal(account: string, type?: Type, generation?: Generation): Promise<OldClient>
  /** The streaming cloud reports that what this URL names is pushed, or is no more. */
  begin(pushURL: string): Promise<void>
  end(pushURL: string): Promise<void>
}

export const streamOf = (pushURL: string): string => new URL(pushURL).pathname.split('/').pop() ?? ''

export async function openHouse(overrides: Record<string, string> = {}): Promise<House> {
  const functions = await startFunctions({ ADMIN_TOKEN_SECRET: ADMIN_SECRET, TEXT_CHECK: 'off', ...overrides })
  const client: House['client'] = (account, type = 'live_room', generation = 'first') =>
    new OldClient(functions.url, type, generation, account, { sdkAppID: KEY.sdkAppId, userSig: sigFor(account) })
  const event = (type: 0 | 1) => async (pushURL: string) => {
    const response = await functions.callback({
      event_type: type,
      stream_id: streamOf(pushURL),
      sequence: `seq-${streamOf(pushURL)}`,
      event_time: Math.floor(Date.now() / 1000),
    })
    if (response.status !== 200) throw new Error(`the callback was answered with ${response.status}`)
  }
  return {
    ...functions,
    client,
    async terminal(account, type, generation) {
      const terminal = client(account, type, generation)
      const answer = await terminal.login()
      if (answer.code !== 0) throw new Error(`login of ${account}: ${answer.message}[${answer.code}]`)
      return terminal
    },
    begin: event(1),
    end: event(0),
  }
}
