import { randomBytes } from 'node:crypto'
import { createRoomServiceAdapter, type RoomServiceAdapter } from '../../../cloudfunctions/core/room-service'
import type { Known } from '../../../cloudfunctions/core/room-service/logins'
import type { RoomType, Terminal } from '../../../cloudfunctions/core/room-service/parts'
import { OldRefusal, refusalOf } from '../../../cloudfunctions/core/room-service/refusals'
import { userSig } from '../../../cloudfunctions/core/user-sig'
import { config } from '../../support/room-config'
import { openWorld, type World, type WorldOptions } from '../room-service/world'

export const ADMIN = 'administrator'

/** The adapter of the old protocol on the room service of `openWorld`, with its clock. */
export interface Desk extends RoomServiceAdapter {
  world: World
  sig(account: string, expireS?: number): string
  /** Logs in, and gives the token. */
  login(account: string, how?: { sig?: string; known?: Known; second?: boolean; sdkAppID?: number }): Promise<string>
  /** The terminal as it is now; logs in the first time. */
  as(account: string): Promise<Terminal>
  /** A live room that its creator has opened, and pushes to. */
  show(account: string, roomInfo?: string): Promise<{ roomID: string; pushURL: string }>
  /** A call with its creator in it, pushing. */
  conversation(account: string, type: RoomType): Promise<{ roomID: string; pushURL: string }>
  /** Watches, asks for a seat, pushes and says so. */
  linked(account: string, roomID: string): Promise<string>
  begin(pushURL: string): Promise<void>
  /** A moment that no limit of "once a second" reaches. */
  wait(ms?: number): void
}

export const streamOf = (pushURL: string): string => new URL(pushURL).pathname.split('/').pop() ?? ''

export async function openDesk(options: WorldOptions = {}): Promise<Desk> {
  const world = await openWorld(':memory:', options)
  const adapter = createRoomServiceAdapter({
    actions: world.actions,
    store: world.store,
    chat: world.vendors.chat,
    config,
    admin: ADMIN,
    now: () => world.clock.now,
    randomBytes,
    log: (line) => world.log.push(line),
  })
  const { logins, opening, pushers, audience } = adapter
  const tokens = new Map<string, string>()
  const sig: Desk['sig'] = (account, expireS = 3600) =>
    userSig(config.im, account, expireS, Math.floor(world.clock.now / 1000))
  const login: Desk['login'] = async (account, how = {}) => {
    const { known = null, second = false, sdkAppID = config.im.sdkAppId } = how
    const { token } = await logins.login({ sdkAppID, account, sig: how.sig ?? sig(account), second, known })
    return token
  }
  const as: Desk['as'] = async (account) => {
    const token = tokens.get(account) ?? (await login(account))
    tokens.set(account, token)
    return logins.terminal(account, token)
  }
  const begin: Desk['begin'] = async (pushURL) => {
    const stream = streamOf(pushURL)
    await world.begin(stream, `seq-${stream}`)
    world.online.add(stream)
  }
  const wait: Desk['wait'] = (ms = 1000) => {
    world.clock.now += ms
  }
  const said = (account: string, pushURL: string, roomID: string) => ({
    roomID,
    pushURL,
    userName: account,
    userAvatar: '',
    roomInfo: '',
  })
  return {
    ...adapter,
    world,
    sig,
    login,
    as,
    begin,
    wait,
    async show(account, roomInfo = `Show of ${account}`) {
      wait()
      const { pushURL } = await opening.getPushUrl(await as(account), 'live_room', '')
      await begin(pushURL)
      const { roomID } = await opening.createRoom(await as(account), 'live_room', roomInfo)
      await pushers.add(await as(account), said(account, pushURL, roomID))
      return { roomID, pushURL }
    },
    async conversation(account, type) {
      wait()
      const { roomID } = await opening.createRoom(await as(account), type, `Call of ${account}`)
      const { pushURL } = await opening.getPushUrl(await as(account), type, roomID)
      await begin(pushURL)
      await pushers.add(await as(account), said(account, pushURL, roomID))
      return { roomID, pushURL }
    },
    async linked(account, roomID) {
      wait()
      await audience.add(await as(account), { roomID, userInfo: '' })
      const { pushURL } = await opening.getPushUrl(await as(account), 'live_room', '')
      await begin(pushURL)
      await pushers.add(await as(account), said(account, pushURL, roomID))
      return pushURL
    },
  }
}

/** Why something is refused, in the adapter's own words. */
export async function kindOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal instanceof OldRefusal) return refusal.kind
    throw error
  }
  throw new Error('it was not refused')
}
