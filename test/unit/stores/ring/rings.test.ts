import { settled } from '../../../support/fakes/clock'
import { RingPhone, ringView } from '../../../support/fakes/ring-service'

let phone: RingPhone
beforeEach(async () => {
  phone = new RingPhone()
  phone.rings.attend()
  await settled()
})
afterEach(() => {
  phone.scope.end()
  expect(phone.clock.pending).toBe(0)
  expect(phone.messenger.listeners).toBe(0)
  expect(phone.device.listeners).toBe(0)
  expect(phone.device.ringing).toBe(0)
})

const rung = async (to = {}) => {
  phone.incoming = ringView(to)
  await phone.hint()
}
const incoming = () => phone.rings.incoming?.ring.ringId ?? null

describe('a phone in the lobby', () => {
  it('has one chat login outside of any room, and is rung at a hint; it rings, and stops when it is over', async () => {
    expect(phone.messenger.state).toBe('connected')
    await rung()
    expect(incoming()).toBe('g1')
    expect(phone.device).toMatchObject({ ringing: 1, loud: true })
    phone.incoming = null
    await phone.hint()
    expect(incoming()).toBeNull()
    expect(phone.device.ringing).toBe(0)
    expect(phone.count('call.missed')).toBe(1)
  })

  it('P45: beside a camera that pushes it can be felt, and not heard', async () => {
    phone.pushing = true
    await rung()
    expect(phone.device).toMatchObject({ ringing: 1, loud: false })
  })

  it('a lost hint costs time only: without the chat the server is asked often, and at once when it is back', async () => {
    phone.messenger.disconnect()
    phone.incoming = ringView()
    await phone.clock.pass(60_000)
    expect(incoming()).toBe('g1')
    phone.incoming = null
    const asked = phone.count('call.status')
    phone.messenger.reconnect()
    await settled()
    expect(phone.count('call.status')).toBe(asked + 1)
    expect(incoming()).toBeNull()
  })

  it('the word that it is over may be lost: it is asked while it rings, and once more when its time is over', async () => {
    await rung({ endsInMs: 30_000 })
    phone.incoming = null
    await phone.clock.pass(5000)
    expect(incoming()).toBeNull()
    expect(phone.device.ringing).toBe(0)
  })

  it('is asked slowly while nothing rings, and not at all in the background; in front again at once', async () => {
    const asked = phone.count('call.status')
    await phone.clock.pass(45_000)
    expect(phone.count('call.status')).toBe(asked)
    phone.device.background()
    await phone.clock.pass(600_000)
    expect(phone.count('call.status')).toBe(asked)
    phone.incoming = ringView()
    phone.device.comeBack()
    await settled()
    expect(incoming()).toBe('g1')
  })

  it('a server that is away for a while, also with the login, is tried again', async () => {
    const other = new RingPhone()
    other.refusals.set('login', 'network').set('call.status', 'unavailable')
    other.rings.attend()
    await other.clock.pass(5000)
    expect(other.messenger.state).toBe('offline')
    other.refusals.clear()
    other.incoming = ringView()
    await other.clock.pass(10_000)
    expect(other.messenger.state).toBe('connected')
    expect(other.rings.incoming?.ring.ringId).toBe('g1')
    other.scope.end()
  })

  it('an expired login is renewed; one that another device took is not, and the slow questions go on', async () => {
    phone.messenger.kick('expired')
    await settled()
    expect(phone.messenger.logins).toBe(2)
    phone.messenger.kick('multipleDevice')
    await phone.clock.pass(60_000)
    expect(phone.messenger.logins).toBe(2)
    expect(phone.count('call.status')).toBeGreaterThan(4)
  })

  it('forged words, of people and in groups, are not listened to', async () => {
    phone.incoming = ringView()
    phone.chat.tell('bob', { type: 'ring' }, 'mallory')
    phone.chat.notify('r1', { type: 'ring' })
    phone.chat.tell('bob', ['ring'])
    await settled()
    expect(incoming()).toBeNull()
  })

  it('quits: nothing rings, nothing is asked, and the login is given back', async () => {
    await rung()
    phone.rings.quit()
    const asked = phone.count('call.status')
    await phone.clock.pass(600_000)
    expect(incoming()).toBeNull()
    expect(phone.count('call.status')).toBe(asked)
    expect(phone.messenger.logouts).toBe(1)
    phone.rings.attend()
    await settled()
    expect(incoming()).toBe('g1')
  })
})

describe('yes', () => {
  it('stops it at once, and says which ring is to be answered, once', async () => {
    await rung()
    expect(phone.rings.take()).toBe('g1')
    expect(incoming()).toBeNull()
    expect(phone.rings.take()).toBeNull()
    expect(phone.rings.take('g7')).toBe('g7')
  })

  it('a truth of before, or one that has not heard of it yet, brings nothing back', async () => {
    await rung()
    const late = phone.hold('call.status')
    await phone.hint()
    phone.rings.take()
    await late()
    await phone.hint()
    expect(incoming()).toBeNull()
    expect(phone.device.ringing).toBe(0)
  })

  it('a no after it does nothing', async () => {
    await rung()
    phone.rings.take()
    await phone.rings.refuse()
    expect(phone.count('call.refuse')).toBe(0)
  })
})

it('no stops it at once, whether the server hears it or not; the next call rings', async () => {
  await rung()
  phone.refusals.set('call.refuse', 'network')
  const no = phone.rings.refuse(true)
  expect(incoming()).toBeNull()
  await no
  await phone.hint()
  expect(incoming()).toBeNull()
  await rung({ ringId: 'g2' })
  expect(incoming()).toBe('g2')
  expect(phone.calls).toContainEqual(['call.refuse', { ringId: 'g1', busy: true }])
})

it('a queue that has nobody else asks again after a no: then it rings again', async () => {
  await rung({ to: { queue: 'desk' } })
  await phone.rings.refuse()
  phone.incoming = null
  await phone.clock.pass(20_000)
  await rung({ to: { queue: 'desk' } })
  expect(incoming()).toBe('g1')
})

it('missed calls are news until they are looked at', async () => {
  const call = {
    ringId: 'g1',
    from: { userId: 'ann', name: 'Ann' },
    to: { userId: 'bob' },
    note: '',
    at: 1,
    why: 'missed' as const,
  }
  phone.missed = { calls: [call], unseen: 1, nextCursor: null }
  await phone.rings.missed.refresh()
  expect(phone.rings.missed).toMatchObject({ unseen: 1, items: [call] })
  await phone.rings.missed.see()
  await phone.rings.missed.see()
  expect(phone.rings.missed.unseen).toBe(0)
  expect(phone.calls.filter(([action]) => action === 'call.missed')).toHaveLength(2)
})
