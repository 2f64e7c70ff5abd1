import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'
import { sdkEnv } from '../../../local/cloud-env'
import {
  openStore,
  type Served,
  type ServeOptions,
  type Store,
  type StoreOptions,
  serveCloudbase,
} from '../../../local/cloudbase'

/** A database of its own on the wire, and the environment that leads both real SDKs to it. */
export async function startBackend(
  options: StoreOptions = {},
  serve: ServeOptions = {},
): Promise<{ store: Store; served: Served; stop(): Promise<void> }> {
  const store = openStore(options)
  const served = await serveCloudbase(store, serve)
  // SILENCE: no timer that warns of slow requests.
  Object.assign(process.env, sdkEnv(served.url), { SILENCE: 'true' })
  cloud.init({ env: 'local' })
  return {
    store,
    served,
    async stop() {
      await served.close()
      store.close()
    },
  }
}

/** What the typings of wx-server-sdk 4.0.2 leave out or give as `void`: answers of its database, as they are. */
interface Answer {
  _id: string
  // biome-ignore lint/suspicious/noExplicitAny: a document of any shape, as the vendor types it where it does
  data: any
  total: number
  stats: { updated: number; removed: number }
}
interface Query {
  where(query: object): Query
  orderBy(field: string, direction: 'asc' | 'desc'): Query
  skip(n: number): Query
  limit(n: number): Query
  field(projection: Record<string, boolean>): Query
  get(): Promise<Answer>
  count(): Promise<Answer>
  remove(): Promise<Answer>
  update(options: { data: object }): Promise<Answer>
}
interface Collection extends Query {
  doc(id: string): Query & { set(options: { data: object }): Promise<Answer> }
  add(options: { data: object }): Promise<Answer>
  aggregate(): ReturnType<ReturnType<ReturnType<typeof cloud.database>['collection']>['aggregate']>
}
interface WxDb extends Omit<ReturnType<typeof cloud.database>, 'collection' | 'serverDate' | 'runTransaction'> {
  collection(name: string): Collection
  serverDate(options?: { offset: number }): Date
  runTransaction<T>(body: (tx: Pick<WxDb, 'collection'>) => Promise<T>, tries?: number): Promise<T>
}

export const wxDb = (): WxDb =>
  (cloud.database as unknown as (options: { throwOnNotFound: boolean }) => WxDb)({ throwOnNotFound: false })

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape
export type AnyDoc = Record<string, any>
type Operator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'nin'
  | 'and'
  | 'or'
  | 'nor'
  | 'not'
  | 'exists'
  | 'mod'
  | 'all'
  | 'elemMatch'
  | 'size'
  | 'expr'
  | 'geoNear'
  | 'set'
  | 'remove'
  | 'inc'
  | 'mul'
  | 'min'
  | 'max'
  | 'rename'
  | 'push'
  | 'pop'
  | 'shift'
  | 'unshift'
  | 'pull'
  | 'pullAll'
  | 'addToSet'
  | 'bit'
type Expression =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'first'
  | 'push'
  | 'addToSet'
  | 'gt'
  | 'eq'
  | 'add'
  | 'multiply'
  | 'cond'
  | 'map'
  | 'dateToString'
  | 'pipeline'
// biome-ignore lint/suspicious/noExplicitAny: the vendor's typings lack operators and kinds of arguments that its code takes
type Maker = (...values: any[]) => any

/** What the tables of operators need of an SDK, under one name in both. */
export interface Sdk {
  db(): {
    command: Record<Operator, Maker> & {
      aggregate: Record<Expression, Maker>
      project: Record<'slice' | 'elemMatch', Maker>
    }
    RegExp: Maker
    serverDate: Maker
  }
  point(longitude: number, latitude: number): object
  add(collection: string, doc: AnyDoc): Promise<unknown>
  find(collection: string, where: object): Promise<AnyDoc[]>
  /** @returns how many documents changed */
  update(collection: string, where: object, data: object): Promise<number>
  set(collection: string, id: string, data: object): Promise<unknown>
  aggregate(
    collection: string,
    build: (start: ReturnType<Collection['aggregate']>) => ReturnType<Collection['aggregate']>,
  ): Promise<AnyDoc[]>
}

// Operators can be made before there is a database; `startBackend` leads the SDK to it.
cloud.init({ env: 'local' })
const nodeDb = () => tcb.init({ env: 'local' }).database()

export const SDKS: Readonly<Record<string, Sdk>> = {
  'wx-server-sdk': {
    db: () => wxDb() as unknown as ReturnType<Sdk['db']>,
    point: (longitude, latitude) => (wxDb().Geo.Point as unknown as Maker)(longitude, latitude),
    add: (collection, data) => wxDb().collection(collection).add({ data }),
    find: async (collection, where) => (await wxDb().collection(collection).where(where).get()).data,
    update: async (collection, where, data) =>
      (await wxDb().collection(collection).where(where).update({ data })).stats.updated,
    set: (collection, id, data) => wxDb().collection(collection).doc(id).set({ data }),
    aggregate: async (collection, build) =>
      ((await build(wxDb().collection(collection).aggregate()).end()) as { list: AnyDoc[] }).list,
  },
  '@cloudbase/node-sdk': {
    db: () => nodeDb() as unknown as ReturnType<Sdk['db']>,
    point: (longitude, latitude) => new (nodeDb().Geo.Point)(longitude, latitude),
    add: (collection, doc) => nodeDb().collection(collection).add(doc),
    find: async (collection, where) => (await nodeDb().collection(collection).where(where).get()).data,
    update: async (collection, where, data) =>
      (await nodeDb().collection(collection).where(where).update(data)).updated ?? 0,
    set: (collection, id, data) => nodeDb().collection(collection).doc(id).set(data),
    aggregate: async (collection, build) =>
      ((await build(nodeDb().collection(collection).aggregate() as never).end()) as unknown as { data: AnyDoc[] }).data,
  },
}
