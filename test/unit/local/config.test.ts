import path from 'node:path'
import { readConfig } from '../../../local/config'

test('the defaults are those that the README names', () => {
  expect(readConfig({ PORT: '' })).toMatchObject({
    port: 8080,
    rtmpPort: 1935,
    sweepMs: 5000,
    dataDir: expect.stringMatching(/\.local$/),
  })
})
test('0 is any port, and a data directory is absolute', () => {
  expect(readConfig({ PORT: '0', RTMP_PORT: '65535', DATA_DIR: '/tmp/x' })).toMatchObject({
    port: 0,
    rtmpPort: 65535,
    dataDir: '/tmp/x',
  })
})
test('another mini program is shown where its folder has an app.json, and refused by name where not', () => {
  const folder = path.resolve(__dirname, '../../fixtures/preview-app')
  expect(readConfig({ MINIPROGRAM: folder }).miniprogram).toBe(folder)
  expect(readConfig({}).miniprogram).toMatch(/miniprogram$/)
  expect(() => readConfig({ MINIPROGRAM: '/nowhere' })).toThrow(/^MINIPROGRAM must be .*"\/nowhere"/)
})
test.each([
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['RTMP_PORT', '-1'],
  ['RTMP_PORT', '19.35'],
  ['SWEEP_MS', '0'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be .*"${value.replace('.', '\\.')}"`))
})
