import * as v from 'valibot'
import type { ActionName, Actions, Input } from '../../miniprogram/protocol/actions'
import { COVERS, LIMITS } from '../../miniprogram/protocol/limits'
import { personText, requestId, roomId, whole } from './text'

const epoch = whole(1, Number.MAX_SAFE_INTEGER)
const version = whole(0, Number.MAX_SAFE_INTEGER)
const room = v.object({ roomId })

/** One schema per action. Keys that are not named here are dropped: the platform adds some of its own. */
export const inputs = {
  login: v.object({}),
  profile: v.object({ name: personText(LIMITS.nameMax) }),
  list: v.object({
    cursor: v.exactOptional(
      v.pipe(v.string(), v.maxLength(64), v.metadata({ limit: '`nextCursor` of the page before' })),
    ),
    limit: v.exactOptional(whole(1, LIMITS.listPageMax)),
  }),
  create: v.object({
    title: personText(LIMITS.titleMax),
    cover: v.pipe(v.picklist(COVERS), v.metadata({ limit: `one of ${COVERS.join(', ')}` })),
    requestId,
  }),
  resume: room,
  push: v.object({ roomId, epoch }),
  beat: v.object({ roomId, epoch, version }),
  enter: room,
  sync: v.object({ roomId, version }),
  leave: room,
  like: v.object({ roomId, count: whole(1, LIMITS.likesPerCall) }),
  close: room,
} satisfies { [A in ActionName]: v.GenericSchema<unknown, Input<A>> }

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = { [K in keyof T]: T[K] }
type Agreed = {
  [A in ActionName]: Same<Flat<v.InferOutput<(typeof inputs)[A]>>, Flat<Actions[A]['input']>>
}
/** Does not compile unless every schema yields exactly the input that the protocol declares. */
export const agreed: { [A in ActionName]: true } = {
  login: true,
  profile: true,
  list: true,
  create: true,
  resume: true,
  push: true,
  beat: true,
  enter: true,
  sync: true,
  leave: true,
  like: true,
  close: true,
} satisfies Agreed
