import { type Finding, say } from '../finding'
import { PLACES } from '../places'
import type { CollectionIndex } from '../project'
import type { Subject } from '../subject'

const line = ({ name, keys }: CollectionIndex): string =>
  `${name}: ${keys.map(([field, direction]) => `${field} ${direction === 1 ? 'asc' : 'desc'}`).join(', ')}`

/** Collections and indexes to be made by hand. The SDK can neither make an index nor see one. */
export function databaseToMake({ project, local }: Subject): Finding[] {
  if (local) return []
  return [
    {
      id: 'database',
      level: 'todo',
      what: say(
        '创建这些集合和索引，权限选“仅管理端可读写”',
        'make these collections and indexes; permission: administrators only',
      ),
      why: say(
        '没有索引，每次列表和每次清扫都读整个集合；有客户端权限，任何人都能改房间',
        'without an index every list and every sweep reads the whole collection; with client permission anybody can change rooms',
      ),
      fix: PLACES.database,
      copy: Object.entries(project.collections).map(([heading, { indexes }]) => ({
        heading,
        lines: indexes.map(line),
      })),
    },
  ]
}
