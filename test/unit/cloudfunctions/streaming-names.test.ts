import { withBizid } from '../../../cloudfunctions/adapters/streaming-names'
import { createVendors } from '../../contract/room-service/vendors'

const layout = (stream: string) => ({ width: 10, height: 10, tiles: [{ stream, x: 0, y: 0, width: 10, height: 10 }] })

it('speaks of live codes to the streaming cloud, and of our streams to us', async () => {
  const vendors = createVendors()
  const streaming = withBizid(vendors.streaming, '8888')
  vendors.online.add('8888_a').add("another's")
  expect(await streaming.online()).toEqual(new Set(['a']))
  await streaming.forbid('a')
  await streaming.allow('b')
  await streaming.cut('c')
  await streaming.startRecording('d', 1, 'tag')
  await streaming.mix('session', layout('e'), 'f')
  expect([vendors.forbidden, vendors.allowed, vendors.cut]).toEqual([['8888_a'], ['8888_b'], ['8888_c']])
  expect([...vendors.recordings.values()]).toMatchObject([{ stream: '8888_d' }])
  expect(vendors.mixes.get('session')).toMatchObject({ layout: layout('8888_e'), output: '8888_f' })
})

it('leaves the names alone on own domains', () => {
  const { streaming } = createVendors()
  expect(withBizid(streaming, '')).toBe(streaming)
})
