import type { ChatCredentials } from '../../../../miniprogram/protocol/actions'
import { SwitchingMessenger } from '../../../../miniprogram/services/messenger/switching'
import { FakeChatServer, FakeMessenger } from '../../../support/fakes/chat-server'

class WakingFake extends FakeMessenger {
  wakes = 0
  wake(): void {
    this.wakes++
  }
}

const server = new FakeChatServer()
const common = { userId: 'u', userSig: 's', expiresInMs: 1 }
const LOCAL: ChatCredentials = { kind: 'local', url: 'ws://x', ...common }
const TIM: ChatCredentials = { kind: 'tim', sdkAppId: 1, admin: 'administrator', ...common }

function switching() {
  const made: Partial<Record<ChatCredentials['kind'], WakingFake>> = {}
  const make = (kind: ChatCredentials['kind']) => () => {
    made[kind] = new WakingFake(server)
    return made[kind]
  }
  const messenger = new SwitchingMessenger({ local: make('local'), tim: make('tim') })
  return { messenger, made }
}

test('a messenger is made when its kind of credentials comes, and not before', async () => {
  const { messenger, made } = switching()
  expect(messenger.state).toBe('offline')
  messenger.wake()
  messenger.logout()
  await messenger.quitGroup('g')
  await expect(messenger.joinGroup('g')).rejects.toMatchObject({ code: 'offline' })
  await expect(messenger.sendToGroup('g', 1)).rejects.toMatchObject({ code: 'offline' })
  expect(made).toEqual({})
  await messenger.login(TIM)
  expect(Object.keys(made)).toEqual(['tim'])
  expect(messenger.state).toBe('connected')
})

test('another kind of chat ends the login of the one before; whoever listens hears both', async () => {
  const { messenger, made } = switching()
  const heard: unknown[] = []
  messenger.on('message', ({ data }) => heard.push(data))
  await messenger.login(LOCAL)
  await messenger.joinGroup('g')
  await messenger.sendToGroup('g', 'local')
  await messenger.login(TIM)
  expect(made.local?.state).toBe('offline')
  await messenger.joinGroup('g')
  await messenger.sendToGroup('g', 'tim', 'high')
  messenger.wake()
  expect([made.local?.wakes, made.tim?.wakes]).toEqual([0, 1])
  expect(heard).toEqual(['local', 'tim'])
  await messenger.login(TIM)
  expect(made.tim?.logouts).toBe(0)
})
