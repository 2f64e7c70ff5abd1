import type { Access } from './access'
import { type Objects, roleOf } from './objects'
import { callerOf, type Parts, type Terminal } from './parts'

/** As many as the old servers kept; the count goes on. */
const LIST_MAX = 30

/** Those who watch a live room. Who is in is core's to say, so nobody is counted twice, and nobody below zero (M45). */
export function createOldAudience(parts: Parts, access: Access, objects: Objects) {
  const { actions, store, now } = parts
  return {
    async add(terminal: Terminal, { roomID, userInfo }: { roomID: string; userInfo: string }): Promise<void> {
      const room = await access.openOf('live_room', roomID)
      await store.remember(terminal.userId, terminal.account, { info: userInfo }, now())
      // Who is on stage, or its creator, watches nobody from below.
      if (roleOf(room, terminal.userId).at !== 'audience') return
      await actions.enter(callerOf(terminal), { roomId: room._id })
      await access.watch(terminal, room._id)
    },

    /** Safe to repeat. */
    async remove(terminal: Terminal, roomID: string): Promise<void> {
      const room = await access.open(roomID)
      await actions.leave(callerOf(terminal), { roomId: room._id })
      if (terminal.watching === room._id) await access.watch(terminal, '')
    },

    async list(terminal: Terminal, roomID: string) {
      const room = await access.openOf('live_room', roomID)
      const { members } = await actions.members(callerOf(terminal), { roomId: room._id, limit: LIST_MAX })
      const names = await objects.namesOf(members.map(({ userId }) => userId))
      return {
        audienceCount: Math.max(room.viewers, members.length),
        audiences: members.map(({ userId, name }) => {
          const known = names.get(userId)
          const info = known?.info || JSON.stringify({ userName: name, userAvatar: known?.avatar ?? '' })
          return { userID: known?.account ?? userId, userInfo: info }
        }),
      }
    },
  }
}
