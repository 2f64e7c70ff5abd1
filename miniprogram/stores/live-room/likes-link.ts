import type { MemberMessage } from '../../protocol/messages'
import type { RoomCounts } from '../../protocol/room'
import type { RoomApi } from '../../services/room-api/port'
import type { Attended, RoomPart } from '../room/part'
import type { Likes } from './likes'

export interface LikesLinkDeps {
  likes: Likes
  api: Pick<RoomApi, 'call'>
  me(): string
}

/** What the likes learn from the visit: where they go, those of others, and the server's total. */
export class LikesLink implements RoomPart {
  constructor(private readonly deps: LikesLinkDeps) {}

  entered({ visit, scope }: Attended, { counts }: { counts: RoomCounts }): void {
    const { likes, api } = this.deps
    const { roomId, group } = visit
    likes.connect(
      {
        count: async (count) => (await api.call('like', { roomId, count })).counts.likes,
        tellGroup: (n) => {
          group.post({ type: 'like', n }, 'low').catch(() => {})
        },
      },
      counts.likes,
    )
    scope.onEnd(() => likes.disconnect())
  }

  said(from: string, message: MemberMessage): void {
    // One's own hearts were drawn when they were tapped.
    if (message.type === 'like' && from !== this.deps.me()) this.deps.likes.receive(message.n)
  }

  counted({ likes }: RoomCounts): void {
    this.deps.likes.learn(likes)
  }

  hide(): void {
    this.deps.likes.hold(true)
  }
  show(): void {
    this.deps.likes.hold(false)
  }
}
