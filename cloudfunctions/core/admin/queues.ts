import type { AdminInput, QueueEntry } from '../../../miniprogram/protocol/admin'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Context } from '../context'
import { Refusal } from '../refusal'
import type { QueueDoc } from '../ring/documents'

/** More queues than anybody sets up. */
const QUEUES_MAX = 100

/** Queues and their agents. `signOff`: an agent is one no more, and rung no more. */
export function createAdminQueues(
  { deps }: Pick<Context, 'deps'>,
  signOff: (userId: string, queue: string) => Promise<void>,
) {
  const { store, config } = deps
  const entryOf = ({ _id, title, agents }: QueueDoc): QueueEntry => ({
    queue: _id,
    title,
    agents,
    open: config.openQueues.includes(_id),
  })
  return {
    async 'queue.list'() {
      const found = await store.allQueues(QUEUES_MAX)
      const plain = config.openQueues.filter((name) => !found.some(({ _id }) => _id === name))
      return { queues: [...found, ...plain.map((_id) => ({ _id, title: '', agents: [] }))].map(entryOf) }
    },
    async 'queue.set'({ queue, title }: AdminInput<'queue.set'>) {
      return { queue: entryOf(await store.setQueue(queue, title)) }
    },
    async 'queue.agent'({ queue, userId, on }: AdminInput<'queue.agent'>) {
      const changed = await store.setAgent(queue, userId, on, LIMITS.agentsMax)
      if (!changed) {
        if (!(await store.queue(queue))) throw new Refusal('not-found', 'no such queue: make it with queue.set')
        throw new Refusal('full', 'this queue has as many agents as it may', { what: 'agents' })
      }
      if (!on) await signOff(userId, queue)
      return { queue: entryOf(changed) }
    },
    async 'queue.remove'({ queue }: AdminInput<'queue.remove'>) {
      const agents = (await store.queue(queue))?.agents ?? []
      const removed = await store.removeQueue(queue)
      for (const userId of agents) await signOff(userId, queue)
      return { removed }
    },
  }
}
