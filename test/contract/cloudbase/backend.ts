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
