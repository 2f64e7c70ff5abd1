import { createHash } from 'node:crypto'
import { readUserSig, userSig } from '../user-sig'
import { type Parts, type Terminal, userIdOfAccount } from './parts'
import { OldRefusal } from './refusals'

/** A terminal that runs longer logs in again (M60). */
const TOKEN_TTL_MS = 24 * 3600_000
const SIG_TTL_S = 12 * 3600
/** Devices of one person; of more the eldest is out (M17). */
const DEVICES = 10
const TOKEN_BYTES = 32
const GUEST_BYTES = 12

/** The same person, if the door knows who he is by another proof: the token of the web door. */
export type Known = { userId: string } | null

export interface LoginRequest {
  sdkAppID: number
  account: string
  sig: string
  second: boolean
  known: Known
}

/** Who a terminal is: UserSig in, token out. A token is random, stored as its hash only, and ends (M17). */
export function createLogins({ store, config, admin, now, randomBytes }: Parts) {
  const hash = (token: string): string => createHash('sha256').update(token).digest('hex')

  /** Who proves by the web door's token that an account is his public id is himself. */
  const userIdOf = (account: string, known: Known): string =>
    known?.userId === account ? account : userIdOfAccount(config.userIdSecret, account)

  return {
    async login({ sdkAppID, account, sig, second, known }: LoginRequest) {
      if (sdkAppID !== config.im.sdkAppId) throw new OldRefusal('unknown-app')
      if (account === admin || readUserSig(config.im, sig, now()) !== account) throw new OldRefusal('bad-sig')
      const token = randomBytes(TOKEN_BYTES).toString('hex')
      const userId = userIdOf(account, known)
      const at = now()
      await Promise.all([
        store.addSession({
          _id: hash(token),
          userId,
          account,
          second,
          at,
          expiresAt: at + TOKEN_TTL_MS,
          watching: '',
        }),
        store.remember(userId, account, {}, at),
      ])
      await store.trimSessions(userId, DEVICES)
      return { userID: account, token }
    },

    /** Safe to repeat, and with a token that is none (M33). */
    async logout(token: string): Promise<void> {
      await store.removeSession(hash(token))
    },

    /** The terminal behind this token; refuses a token of somebody else (M4). */
    async terminal(account: string, token: string): Promise<Terminal> {
      const session = await store.session(hash(token), now())
      if (!session) throw new OldRefusal('not-logged-in')
      if (session.account !== account) throw new OldRefusal('other-user')
      const { _id, userId, watching, second } = session
      return { session: _id, userId, account, watching, second }
    },

    /** What a terminal needs to log in: as the caller himself, or as a guest whom nobody has been before (M1). */
    loginInfo(known: Known) {
      const userID = known?.userId ?? `guest_${randomBytes(GUEST_BYTES).toString('hex')}`
      const sig = userSig(config.im, userID, SIG_TTL_S, Math.floor(now() / 1000))
      return { userID, sdkAppID: config.im.sdkAppId, accType: '', userSig: sig }
    },
  }
}
