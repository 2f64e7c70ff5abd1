import type { InstanceWith, PropsOf } from '../room/types'
import type { RtcRoomEvents } from './events'
import type { RtcRoomMethods } from './methods'
import type { props } from './props'

export type { NewCall } from '../../stores/rtc-room/rtc-room'
export type { RtcRoomEvents } from './events'
export type { RtcRoomMethods } from './methods'

/** What a page gets: `this.selectComponent('#call') as RtcRoomInstance`. What it does not name is not the page's business. */
export type RtcRoomInstance = InstanceWith<RtcRoomMethods>

/** What a page's handler gets: `bind:people="seen"` calls `seen(e: RtcRoomEvent<'people'>)`. */
export type RtcRoomEvent<K extends keyof RtcRoomEvents> = WechatMiniprogram.CustomEvent<RtcRoomEvents[K]>

/** Properties as a page keeps them in its data, to be bound by name: `{ template: 'grid' } satisfies RtcRoomProps`. */
export type RtcRoomProps = PropsOf<typeof props>
