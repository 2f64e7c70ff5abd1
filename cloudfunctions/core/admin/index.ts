import type {
  AdminActionName,
  AdminActions,
  AdminInput,
  AdminOutput,
  SettingState,
} from '../../../miniprogram/protocol/admin'
import type { Context } from '../context'
import type { Events } from '../events'
import { publicUserId, USER_ID } from '../ids'
import { createAudit } from './audit'
import { createEnding } from './ending'
import { createAdminPeople } from './people'
import { createAdminQueues } from './queues'
import { createReopen, refuseForbidden } from './reopen'
import { createAdminRooms } from './rooms'

/** Every action of the operators' door, for an operator whom the door knows. */
type Handlers = { [A in AdminActionName]: (input: AdminInput<A>) => Promise<AdminOutput<A>> }

/** What the door knows besides the input. */
export interface Operator {
  /** His name in the audit log. */
  by: string
  /** The function's settings, without their values. */
  settings: Record<string, SettingState>
}

/** What operators do: over every room and every person, and nothing without a trace. */
export function createAdmin(
  context: Context,
  events: Events,
  signOff: (userId: string, queue: string) => Promise<void>,
) {
  const { store, streaming, config, now, log } = context.deps
  const endRoom = createEnding(context)
  const audit = createAudit(context)

  const answers = async (what: string, ask: () => Promise<unknown>): Promise<boolean> => {
    try {
      await ask()
      return true
    } catch (error) {
      log(`${what} does not answer`, error)
      return false
    }
  }

  const actions: Omit<Handlers, 'diagnostics' | 'event.open'> = {
    ...createAdminRooms(context, endRoom),
    reopen: createReopen(context),
    ...createAdminPeople(context, endRoom),
    ...createAdminQueues(context, signOff),
    audit: audit.audit,
    'event.push': events.push,
    'event.renew': events.renew,
    async 'event.reopen'(input) {
      const seen = await store.room(input.roomId)
      if (seen) refuseForbidden(seen, now())
      return events.reopen(input)
    },
  }
  /** Whoever opens an event is its anchor: an operator who came by a token has an id of his own for that. */
  const idOf = (by: string): string => (USER_ID.test(by) ? by : publicUserId(config.userIdSecret, `operator\n${by}`))
  const handlers = ({ by, settings }: Operator): Handlers => ({
    ...actions,
    'event.open': ({ host, ...event }) => events.open({ userId: idOf(by), name: host }, event),
    async diagnostics() {
      const [database, cloud] = await Promise.all([
        answers('the database', () => store.audited(null, 1)),
        answers('the streaming cloud', () => streaming.online()),
      ])
      return { settings, database, streaming: cloud }
    },
  })

  return {
    /** Runs an action; it is in the audit log before it begins. */
    run<A extends AdminActionName>(operator: Operator, action: A, input: AdminInput<A>): Promise<AdminOutput<A>> {
      const said = input as Partial<Record<'roomId' | 'userId' | 'queue' | 'reason', string>>
      const { roomId = '', userId = '', queue = '', reason = '' } = said
      const what = { by: operator.by, action, target: roomId || userId || queue, reason }
      return audit.noted(what, () => handlers(operator)[action](input))
    },
    /** Notes what an operator asked for in a shape that it does not have. */
    refused: (operator: Operator, action: string, error: Error): Promise<never> =>
      audit.noted({ by: operator.by, action, target: '', reason: '' }, () => Promise.reject(error)),
  }
}

export type Admin = ReturnType<typeof createAdmin>
/** For the schemas of the contract. */
export type { AdminActions }
