import type { ChatCredentials } from '../../miniprogram/protocol/actions'
import { limited } from './guards'
import type { Notices } from './notices'
import type { Caller, Deps } from './ports'
import { checkText } from './text'
import { userSig } from './user-sig'
import { rowOf } from './view'

const CHAT_TTL_S = 12 * 3600
const RENAME_EVERY_MS = 1000

/** How the caller, and nobody else, reaches the chat service. */
export function chatCredentials({ config, now }: Pick<Deps, 'config' | 'now'>, userId: string): ChatCredentials {
  const sig = userSig(config.im, userId, CHAT_TTL_S, Math.floor(now() / 1000))
  const common = { userId, userSig: sig, expiresInMs: CHAT_TTL_S * 1000 }
  return config.chat.kind === 'local'
    ? { kind: 'local', url: config.chat.url, ...common }
    : { kind: 'tim', sdkAppId: config.im.sdkAppId, admin: config.chat.admin, ...common }
}

/** login and profile. */
export function createPeople(deps: Deps, notices: Notices) {
  const { store, config, now } = deps
  return {
    async login(caller: Caller) {
      const user = await store.user(caller.userId)
      const room = user?.openRoom ? await store.room(user.openRoom) : null
      return {
        me: { userId: caller.userId, name: user?.name ?? '' },
        openRoom: room && room.state !== 'closed' ? rowOf(room, now()) : null,
        chat: chatCredentials(deps, caller.userId),
        settings: config.settings,
      }
    },
    /** A show that is on goes on under the new name. */
    async profile(caller: Caller, { name }: { name: string }) {
      await limited(deps, `profile:${caller.userId}`, RENAME_EVERY_MS, name)
      await checkText(deps, caller, { name })
      await store.setName(caller.userId, name)
      const openRoom = (await store.user(caller.userId))?.openRoom
      const room = openRoom ? await store.renameAnchor(openRoom, caller.userId, name) : null
      if (room) await notices.room(room)
      return { me: { userId: caller.userId, name } }
    },
  }
}
