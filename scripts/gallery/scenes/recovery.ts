import type { Key } from '../../../miniprogram/locales/dictionary'
import type { Group, Studio } from '../studio'

export const recovery: Group = {
  name: 'recovery',
  title: 'When something is wrong',
  scenes: {
    interrupted: 'The anchor’s stream is gone: what viewers read',
    offline: 'A viewer has no network at all',
    'anchor-offline': 'The anchor has none',
    'anchor-call': 'A phone call has the anchor’s microphone',
    'anchor-resuming': 'He comes back to his show',
    open: 'He wants to begin another one, and the first is still open',
    elsewhere: 'The show goes on on another device of his',
    'kicked-chat': 'The chat goes on on another device',
    cut: 'The operator has cut the stream',
    stopped: 'The operator has ended the show',
    'stopped-anchor': 'The same, for the anchor',
    away: 'It ended while the viewer was away',
    full: 'No free place in a call',
    'not-found': 'No such room',
    'no-room': 'A link without a room',
    removed: 'Asked to leave',
    banned: 'Not let in',
    'entering-offline': 'No network on the way in',
    unavailable: 'The service does not answer',
  },
  narrow: [
    ...['interrupted', 'offline', 'anchor-offline', 'anchor-call', 'open', 'elsewhere', 'kicked-chat', 'stopped'],
    ...['stopped-anchor', 'full', 'banned', 'entering-offline'],
  ],
  // Who is cut off finds it out soon.
  env: { HEARTBEAT_MS: '4000' },
  async play(studio) {
    await studio.name('rec-ann', '林小满', 'Maya Lindqvist')
    await studio.name('rec-bob', '阿哲', 'Ben')
    await studio.name('rec-cao', '曹老师', 'Dr. Osei')
    await anchor(studio)
    await viewer(studio)
    await refused(studio)
  },
}

async function anchor(studio: Studio): Promise<void> {
  const { phone: ann, roomId } = await studio.goLive('rec-ann', studio.says('周五点唱', 'Friday requests'))
  await ann.ask((phone) => phone.faults.offline(true))
  await ann.sees('fault.network.title')
  await studio.take(ann, 'anchor-offline')
  await ann.ask((phone) => phone.faults.offline(false))
  await ann.page.getByText(studio.word('fault.network.title')).first().waitFor({ state: 'hidden' })

  await ann.ask((phone) => phone.faults.call(true))
  await ann.sees('state.selfInterrupted')
  await studio.take(ann, 'anchor-call')
  await ann.ask((phone) => phone.faults.call(false))
  await ann.page.getByText(studio.word('state.selfInterrupted')).first().waitFor({ state: 'hidden' })

  const second = await studio.open('rec-ann', { page: '/pages/anchor/anchor' })
  await second.watches()
  await second.fill(studio.says('再来一场', 'One more'))
  await second.tap('setup.start')
  await second.sees('fault.already-live.title')
  await studio.take(second, 'open')
  const slowly = await second.hold('resume')
  await second.tap('state.resume')
  await second.sees('state.opening')
  await studio.take(second, 'anchor-resuming')
  slowly()
  await second.sees('room.live')
  await ann.sees('fault.superseded.title')
  await studio.take(ann, 'elsewhere')
  await ann.close()
  await studio.operate('close', { roomId, reason: 'rules' })
  await second.sees('end.selfStopped')
  await studio.take(second, 'stopped-anchor')
  await second.close()
}

async function viewer(studio: Studio): Promise<void> {
  const title = studio.says('天文夜话', 'Astronomy by night')
  const show = await studio.show('rec-cao', title)
  const { roomId } = show
  const bob = await studio.visit('rec-bob', roomId)
  await bob.watches()
  await bob.say(studio.says('今晚看哪颗星？', 'Which star is it tonight?'))
  await bob.ask((phone) => phone.faults.offline(true))
  await bob.sees('fault.network.title')
  await studio.take(bob, 'offline')
  await bob.ask((phone) => phone.faults.offline(false))
  await bob.page.getByText(studio.word('fault.network.title')).first().waitFor({ state: 'hidden' })
  await bob.watches()

  const other = await studio.visit('rec-bob', roomId)
  await bob.sees('fault.chat-kicked.title')
  await studio.take(bob, 'kicked-chat')
  await other.close()
  await bob.tap('common.retry')
  await bob.page.getByText(studio.word('fault.chat-kicked.title')).first().waitFor({ state: 'hidden' })

  await studio.operate('cut', { roomId })
  await bob.sees('state.interrupted')
  await studio.take(bob, 'cut')
  show.stop()
  await studio.take(bob, 'interrupted')

  await bob.ask((phone) => phone.faults.background(true))
  await studio.call('rec-cao', 'close', { roomId })
  await bob.ask((phone) => phone.faults.background(false))
  await bob.sees('end.title')
  await studio.take(bob, 'away')

  const next = await studio.show('rec-cao', title, { requestId: 'gallery-again' })
  await bob.go(`/pages/room/room?roomId=${next.roomId}`)
  await bob.watches()
  const bobId = await studio.idOf('rec-bob')
  await studio.call('rec-cao', 'order.remove', { roomId: next.roomId, userId: bobId })
  await bob.sees('fault.removed.title')
  await studio.take(bob, 'removed')
  await bob.go(`/pages/room/room?roomId=${next.roomId}`)
  await bob.watches()
  await studio.operate('close', { roomId: next.roomId, reason: 'rules' })
  await bob.sees('end.stopped')
  await studio.take(bob, 'stopped')
  await bob.close()
}

/** Cards of those who do not come in. */
async function refused(studio: Studio): Promise<void> {
  const { room } = await studio.call('rec-cao', 'create', {
    title: studio.says('三人读书会', 'Reading circle'),
    cover: 'jade',
    requestId: 'gallery-call',
    kind: 'call',
    seats: 2,
  })
  await studio.call('rec-ann', 'enter', { roomId: room.roomId })
  const dan = await studio.open('rec-dan')
  const meets = async (roomId: string, key: Key, scene: string) => {
    await dan.go(`/pages/room/room?roomId=${roomId}`)
    await dan.sees(key)
    await studio.take(dan, scene)
  }
  await meets(room.roomId, 'fault.full.title', 'full')
  await meets(`${room.roomId.slice(0, -1)}x`, 'fault.not-found.title', 'not-found')
  await meets('', 'fault.not-found.title', 'no-room')
  const id = await studio.idOf('rec-dan')
  await studio.operate('banUser', { userId: id, reason: 'rules' })
  await meets(room.roomId, 'fault.banned.title', 'banned')
  await studio.operate('unbanUser', { userId: id })
  await dan.ask((phone) => phone.faults.offline(true))
  await meets(room.roomId, 'fault.network.title', 'entering-offline')
  await dan.ask((phone) => phone.faults.offline(false))
  await dan.page.route('**/functions/room', (route) =>
    route.fulfill({ json: { error: { code: 'unavailable', message: 'not well' }, serverNow: Date.now() } }),
  )
  await meets(room.roomId, 'fault.unavailable.title', 'unavailable')
}
