import type { ActionName, Input, Output } from '../../miniprogram/protocol/actions'
import { createAnchor } from './anchor'
import { createAudience } from './audience'
import { createList } from './list'
import { createNotices } from './notices'
import { createPeople } from './people'
import type { Caller, Deps } from './ports'
import { createStreamEvents } from './stream-events'
import { createSweep } from './sweep'
import { createTidy } from './tidy'

/** Every action, for a caller that the door knows and an input that has its documented shape. */
export type RoomActions = { [A in ActionName]: (caller: Caller, input: Input<A>) => Promise<Output<A>> }

/** One truth for all doors. */
export function createRoomService(deps: Deps) {
  const notices = createNotices(deps)
  const tidy = createTidy(deps)
  const list = createList(deps)
  const actions: RoomActions = {
    ...createPeople(deps, notices),
    list: (_caller, input) => list(input),
    ...createAnchor(deps, notices, tidy),
    ...createAudience(deps, notices),
  }
  return {
    actions,
    streamEvent: createStreamEvents(deps, notices, tidy),
    sweep: createSweep(deps, notices, tidy),
  }
}

export type RoomService = ReturnType<typeof createRoomService>
