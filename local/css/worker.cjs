// Workers do not inherit the way the main thread compiles TypeScript (tsx, jest): register it here, then run the entry.
require('tsx/cjs')
require('./worker.ts')
