export { createGateway, type Gateway, type GatewayOptions } from './gateway'
export type { IndexSpec } from './ordered-index'
export { type Served, type ServeOptions, serveCloudbase } from './serve'
export { type Indexes, openStore, type Store, type StoreOptions } from './store'
