import { eventually } from '../../support/eventually'
import { type Stack, startStack } from '../../support/stack'
import { probe, push, stopAll } from '../css/ffmpeg'
import { ask, OldClient } from './old-client'

jest.setTimeout(120_000)

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(async () => {
  await stopAll()
  await stack.dispose()
})

/** A terminal that has nothing but the address of this host. */
async function guest(): Promise<OldClient> {
  const { answer } = await ask(stack.url, '/weapp/utils/get_login_info?userID=')
  const terminal = new OldClient(stack.url, 'live_room', 'first', answer.userID, answer as never)
  const login = await terminal.login()
  if (login.code !== 0) throw new Error(login.message)
  return terminal
}

test('with the real local cloud: push to the URL, be in the list, be seen, destroy; and the URL is dead', async () => {
  const [anchor, viewer] = [await guest(), await guest()]
  const pushURL = await anchor.getPushURL()
  const encoder = push(pushURL)
  const roomID = await anchor.createRoom('From a terminal of old')
  expect(await anchor.addPusher()).toMatchObject({ code: 0, roomID })
  await eventually(async () => (await viewer.list()).some((room) => room.roomID === roomID), 60_000)

  const { mixedPlayURL } = await viewer.getPushers(roomID)
  expect((await probe(mixedPlayURL)).codecs).toEqual(['aac', 'h264'])

  expect(await anchor.call('destroy_room', { roomID, userID: anchor.userID })).toMatchObject({ code: 0 })
  await encoder.ended
  expect(await viewer.list()).toEqual([])
  const again = await push(pushURL).ended
  expect(again.code).not.toBe(0)
})
