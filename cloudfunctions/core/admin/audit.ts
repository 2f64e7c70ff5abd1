import type { AdminInput, AuditEntry } from '../../../miniprogram/protocol/admin'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Context } from '../context'
import type { AuditDoc } from '../documents'
import { Refusal } from '../refusal'
import { pageOf, placeIn } from './pages'

const PLACE = /^\d{15}-[0-9a-f]{16}$/

/** What operators did. */
export function createAudit({ deps }: Pick<Context, 'deps'>) {
  const { store, now, log } = deps

  const entryOf = ({ _id, ...entry }: AuditDoc): AuditEntry => ({ auditId: _id, ...entry })

  return {
    /**
     * Does what an operator asks, and writes down who asked, what came of it, and about whom. Nothing is done that
     * could not be written down first.
     */
    async noted<T>(what: Pick<AuditDoc, 'by' | 'action' | 'target' | 'reason'>, work: () => Promise<T>): Promise<T> {
      const at = now()
      const _id = `${String(at).padStart(15, '0')}-${deps.randomBytes(8).toString('hex')}`
      await store.beginAudit({ _id, at, ...what, result: 'begun' })
      const ended = (result: string) =>
        store.endAudit(_id, result).catch((error) => log(`audit entry ${_id} is left as begun`, error))
      try {
        const result = await work()
        await ended('done')
        return result
      } catch (error) {
        await ended(error instanceof Refusal ? error.code : 'internal')
        throw error
      }
    },

    async audit({ cursor, limit = LIMITS.listPageDefault }: AdminInput<'audit'>) {
      const found = await store.audited(placeIn(cursor, PLACE)?.[0] ?? null, limit + 1)
      const { page, nextCursor } = pageOf(found, limit, ({ _id }) => _id)
      return { entries: page.map(entryOf), nextCursor }
    },
  }
}
