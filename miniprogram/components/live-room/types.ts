import type { LiveRoomEvents } from './events'
import type { LiveRoomMethods } from './methods'
import type { props } from './props'

export type { NewRoom } from '../../stores/live-room/live-room'
export type { LinkRequest, LiveRoomEvents, PersonOnStage } from './events'
export type { LiveRoomMethods } from './methods'

type Instance = WechatMiniprogram.Component.TrivialInstance

/** What a page gets: `this.selectComponent('#room') as LiveRoomInstance`. What it does not name is not the page's business. */
export type LiveRoomInstance = LiveRoomMethods &
  Pick<
    Instance,
    keyof WechatMiniprogram.Component.InstanceProperties | keyof WechatMiniprogram.Component.InstanceMethods<object>
  > &
  Pick<Instance, 'data' | 'properties'>

/** What a page's handler gets: `bind:text="line"` calls `line(e: LiveRoomEvent<'text'>)`. */
export type LiveRoomEvent<K extends keyof LiveRoomEvents> = WechatMiniprogram.CustomEvent<LiveRoomEvents[K]>

/** A property's values: any text or number where its default is a plain one, and else those that it names. */
type ValueOf<T> = [T] extends [''] ? string : [T] extends [number] ? number : T

/** Properties as a page keeps them in its data, to be bound by name: `{ role: 'anchor' } satisfies LiveRoomProps`. */
export type LiveRoomProps = { [K in keyof typeof props]?: ValueOf<(typeof props)[K]['value']> }
