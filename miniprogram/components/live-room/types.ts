import type { InstanceWith, PropsOf } from '../room/types'
import type { LiveRoomEvents } from './events'
import type { LiveRoomMethods } from './methods'
import type { props } from './props'

export type { NewRoom } from '../../stores/live-room/live-room'
export type { LinkRequest, LiveRoomEvents, PersonOnStage } from './events'
export type { LiveRoomMethods } from './methods'

/** What a page gets: `this.selectComponent('#room') as LiveRoomInstance`. What it does not name is not the page's business. */
export type LiveRoomInstance = InstanceWith<LiveRoomMethods>

/** What a page's handler gets: `bind:text="line"` calls `line(e: LiveRoomEvent<'text'>)`. */
export type LiveRoomEvent<K extends keyof LiveRoomEvents> = WechatMiniprogram.CustomEvent<LiveRoomEvents[K]>

/** Properties as a page keeps them in its data, to be bound by name: `{ role: 'anchor' } satisfies LiveRoomProps`. */
export type LiveRoomProps = PropsOf<typeof props>
