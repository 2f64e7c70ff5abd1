// Everything is compiled by SWC, dependencies that ship ES modules included.
const esModules = [
  'mingo',
  'mediabunny',
  '@mediabunny/.*',
  'mobx-miniprogram',
  'mobx-miniprogram-bindings',
  'fast-check',
  'pure-rand',
]
const base = {
  rootDir: __dirname,
  transform: {
    '^.+\\.(ts|mts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/scripts/wechat/node_modules/'],
}

/** One project per kind of test; `test/e2e` needs a browser and is run after the others by scripts/test.ts. */
module.exports = {
  // Generous: a machine that is slow must not look like a fault. What must be quick is measured in bench/.
  testTimeout: 120_000,
  projects: [
    { ...base, displayName: 'unit', testEnvironment: 'node', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
    {
      ...base,
      displayName: 'component',
      testEnvironment: 'jsdom',
      testEnvironmentOptions: { customExportConditions: ['node', 'require'] },
      testMatch: ['<rootDir>/test/component/**/*.test.ts'],
    },
    { ...base, displayName: 'contract', testEnvironment: 'node', testMatch: ['<rootDir>/test/contract/**/*.test.ts'] },
    { ...base, displayName: 'e2e', testEnvironment: 'node', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
}
