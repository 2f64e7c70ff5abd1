import type { Plugin } from 'esbuild'

/** Packages that the host has from npm, and what we take from each; what is missing here fails the build. */
const TAKEN = {
  'mobx-miniprogram': [
    'action',
    'computed',
    'makeAutoObservable',
    'makeObservable',
    'observable',
    'reaction',
    'runInAction',
  ],
  'mobx-miniprogram-bindings': ['createStoreBindings'],
}
export const PEERS = Object.keys(TAKEN) as (keyof typeof TAKEN)[]

/** Each package is required once, and its functions are names of ours: esbuild would do so in each file that imports it. */
export const peersOnce: Plugin = {
  name: 'peers-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${PEERS.join('|')})$`) }, ({ path, kind }) =>
      kind === 'require-call' ? { path, external: true } : { path, namespace: 'peer' },
    )
    onLoad({ filter: /.*/, namespace: 'peer' }, ({ path }) => ({
      contents: `export const { ${TAKEN[path as keyof typeof TAKEN].join(', ')} } = require('${path}')`,
    }))
  },
}
