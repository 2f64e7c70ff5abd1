import * as v from 'valibot'
import type { ActionName, Actions, Input } from '../../miniprogram/protocol/actions'
import { LIMITS } from '../../miniprogram/protocol/limits'
import { linkInputs } from './link'
import { orderInputs } from './order'
import { pkInputs } from './pk'
import { recordingInputs } from './recording'
import { ringInputs, ringWish } from './ring'
import {
  cover,
  coverFile,
  cursor,
  epoch,
  flag,
  maybeText,
  pageSize,
  personText,
  requestId,
  roomId,
  tags,
  version,
  whole,
} from './text'

const room = v.object({ roomId })
const oneOf = <const T extends readonly string[]>(values: T) =>
  v.pipe(v.picklist(values), v.metadata({ limit: `one of ${values.join(', ')}` }))

/** One schema per action. Keys that are not named here are dropped: the platform adds some of its own. */
export const inputs = {
  login: v.object({}),
  profile: v.object({ name: personText(LIMITS.nameMax) }),
  list: v.object({
    kind: v.exactOptional(oneOf(['live', 'call', 'event'])),
    state: v.exactOptional(oneOf(['open', 'live', 'upcoming', 'ended'])),
    order: v.exactOptional(oneOf(['newest', 'hottest'])),
    cursor: v.exactOptional(cursor),
    limit: v.exactOptional(pageSize),
  }),
  create: v.object({
    title: personText(LIMITS.titleMax),
    cover,
    requestId,
    kind: v.exactOptional(oneOf(['live', 'call'])),
    coverFile: v.exactOptional(coverFile),
    notice: v.exactOptional(maybeText(LIMITS.noticeMax)),
    tags: v.exactOptional(tags),
    seats: v.exactOptional(whole(0, LIMITS.liveSeatsMax)),
    lowLatency: v.exactOptional(whole(0, LIMITS.lowLatencyMax)),
    record: v.exactOptional(flag),
    endsWithOwner: v.exactOptional(flag),
    ring: v.exactOptional(ringWish),
  }),
  update: v.object({
    roomId,
    title: v.exactOptional(personText(LIMITS.titleMax)),
    cover: v.exactOptional(cover),
    coverFile: v.exactOptional(coverFile),
    notice: v.exactOptional(maybeText(LIMITS.noticeMax)),
    tags: v.exactOptional(tags),
  }),
  resume: room,
  push: v.object({ roomId, epoch }),
  beat: v.object({ roomId, epoch, version, cameraOff: v.exactOptional(flag) }),
  enter: v.object({ roomId, lowLatency: v.exactOptional(flag), consent: v.exactOptional(flag) }),
  sync: v.object({ roomId, version }),
  leave: room,
  like: v.object({ roomId, count: whole(1, LIMITS.likesPerCall) }),
  close: room,
  ...linkInputs,
  ...orderInputs,
  ...recordingInputs,
  ...pkInputs,
  ...ringInputs,
} satisfies { [A in ActionName]: v.GenericSchema<unknown, Input<A>> }

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = { [K in keyof T]: T[K] }
/** `never`, or the actions whose schema does not yield exactly the input that the protocol declares. */
type Disagreed = {
  [A in ActionName]: Same<Flat<v.InferOutput<(typeof inputs)[A]>>, Flat<Actions[A]['input']>> extends true ? never : A
}[ActionName]
/** Does not compile unless all agree. */
export const agreed: [Disagreed] extends [never] ? true : Disagreed = true
