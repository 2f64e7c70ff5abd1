import { LinkError, PublishLink } from '../../../preview/media/publish-link'
import { socketFactory } from './support/fake-socket'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('an open socket alone is no accepted push: a refusal comes after it', async () => {
  const net = socketFactory()
  const link = PublishLink.open('ws://x/live/a.flv', net.open, () => {})
  net.last.open()
  net.last.end(4003, 'txSecret mismatch')
  await expect(link).rejects.toMatchObject({ name: 'LinkError', code: 4003, message: 'txSecret mismatch' })
})

test('it is accepted by the first message, and bytes are counted', async () => {
  const net = socketFactory()
  const ended: number[] = []
  const opening = PublishLink.open('ws://x/live/a.flv', net.open, (code) => ended.push(code))
  net.last.open()
  net.last.receive('ok')
  const link = await opening
  link.write(new Uint8Array(7))
  expect([net.last.protocol, link.bytes]).toEqual(['publisher', 7])
  net.last.end(4001, 'kicked')
  expect(ended).toEqual([4001])
})

test('a server that never answers ends in an error', async () => {
  const net = socketFactory()
  const link = PublishLink.open('ws://x/live/a.flv', net.open, () => {})
  const failed = expect(link).rejects.toBeInstanceOf(LinkError)
  jest.advanceTimersByTime(10_000)
  await failed
  expect(net.last.closed).toBe(true)
})

test('our own close is no event, and nothing is sent after it', async () => {
  const net = socketFactory()
  const ended: number[] = []
  const opening = PublishLink.open('ws://x/live/a.flv', net.open, (code) => ended.push(code))
  net.last.open()
  net.last.receive('ok')
  const link = await opening
  link.close()
  net.last.end(1000)
  link.write(new Uint8Array(3))
  expect([ended, net.last.sent]).toEqual([[], []])
})
