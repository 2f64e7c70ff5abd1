import type { LiveRoomEvents } from './events'
import type { LiveRoomMethods } from './methods'

export type { NewRoom } from '../../stores/live-room/live-room'
export type { LinkRequest, LiveRoomEvents, PersonOnStage } from './events'
export type { LiveRoomMethods } from './methods'

/** What `this.selectComponent('#room')` of a page returns, as far as it is the page's business. */
export type LiveRoomInstance = LiveRoomMethods

/** What a page's handler gets: `bind:text="line"` calls `line(e: LiveRoomEvent<'text'>)`. */
export type LiveRoomEvent<K extends keyof LiveRoomEvents> = WechatMiniprogram.CustomEvent<LiveRoomEvents[K]>
