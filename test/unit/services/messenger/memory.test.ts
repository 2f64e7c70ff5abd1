import type { ChatSocket } from '../../../../miniprogram/services/messenger/chat-socket'
import { LocalMessenger } from '../../../../miniprogram/services/messenger/local'
import { heapInUse } from '../heap'
import { ManualClock } from '../manual-clock'

test('100,000 messages (100 s of 1,000 a second) leave nothing behind in the messenger', async () => {
  let receive: (event: { data: string }) => void = () => undefined
  let open: () => void = () => undefined
  const socket: ChatSocket = {
    onOpen: (handler) => {
      open = handler
    },
    onMessage: (handler) => {
      receive = handler
    },
    onClose: () => undefined,
    onError: () => undefined,
    send: () => undefined,
    close: () => undefined,
  }
  const messenger = new LocalMessenger({ connectSocket: () => socket, clock: new ManualClock() })
  let heard = 0
  messenger.on('message', () => {
    heard += 1
  })
  const login = messenger.login({ kind: 'local', url: 'ws://x', userId: 'u', userSig: 's', expiresInMs: 1 })
  open()
  receive({ data: '{"c":"ready","epoch":"e"}' })
  await login
  const join = messenger.joinGroup('g')
  receive({ data: '{"c":"ack","id":1,"data":{"seq":0,"online":1}}' })
  await join
  const text = '弹'.repeat(100)
  let seq = 0
  const say = (times: number) => {
    for (let n = 0; n < times; n += 1) {
      seq += 1
      receive({ data: JSON.stringify({ c: 'msg', room: 'g', seq, from: 'alice', data: { type: 'barrage', text } }) })
    }
  }
  say(1_000)
  const before = heapInUse()
  say(100_000)
  expect(heapInUse() - before).toBeLessThan(500_000)
  expect(heard).toBe(101_000)
})
