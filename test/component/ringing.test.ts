import type { Kit } from '../../miniprogram/stores/kit'
import type { RingPhone } from '../support/fakes/ring-service'
import { phone as words } from './support/phone'
import { type Mounted, mount, settled } from './support/simulate'

const { ringView } = jest.requireActual<typeof import('../support/fakes/ring-service')>('../support/fakes/ring-service')

let phone: RingPhone
let part: Mounted
/** Mounts a part on a phone of its own; models and parts have to come from one registry of modules. */
function open(name: 'call-ring' | 'call-waiting', me: string, ...events: string[]): void {
  words.language = 'en'
  part = mount(name, {}, ['shown', ...events], () => {
    const fakes = require('../support/fakes/ring-service') as typeof import('../support/fakes/ring-service')
    const { provideKit } = require('../../miniprogram/stores/kit') as typeof import('../../miniprogram/stores/kit')
    phone = new fakes.RingPhone(me)
    provideKit({ rings: phone.rings } as unknown as Kit)
  })
  phone.rings.attend()
}
/** All that promises lead to, and the simulator's events. */
const tick = async () => {
  for (let i = 0; i < 5; i++) await settled()
}
/** The server says that something has happened to a ring. */
const hint = async (userId: string) => {
  phone.chat.tell(userId, { type: 'ring' })
  await tick()
}
afterEach(() => {
  part.detach()
  phone.scope.end()
})
const labels = () => part.attribute('aria-label').filter(Boolean)

describe('a call rings here', () => {
  const rung = async (to = {}) => {
    open('call-ring', 'bob', 'answer')
    await tick()
    phone.incoming = ringView(to)
    await hint('bob')
  }

  it('shows who it is, what about, and whether it is recorded; nothing is there while nothing rings', async () => {
    await rung({ note: 'About the car', recording: true })
    expect(part.words()).toContain('Ann')
    expect(part.words()).toContain('would like a video call with you')
    expect(part.words()).toContain('About the car')
    expect(part.words()).toContain('This call is recorded')
    expect(labels()).toEqual(['Ann is calling', 'Decline', 'Accept', 'Not now'])
    phone.incoming = null
    await hint('bob')
    expect(part.words()).toBe('')
    expect(part.fired.map(([, detail]) => detail).at(-1)).toEqual({ shown: false })
  })

  it('yes says which ring is to be answered, once, and is gone', async () => {
    await rung()
    await part.tap('.disc--yes')
    await tick()
    expect(part.fired).toContainEqual(['answer', { ringId: 'g1' }])
    expect(part.words()).toBe('')
  })

  it.each([
    ['.disc--no', false],
    ['.quiet', true],
  ])('%s is a no (busy: %s), and is gone', async (selector, busy) => {
    await rung()
    await part.tap(selector)
    await tick()
    expect(phone.calls).toContainEqual(['call.refuse', { ringId: 'g1', busy }])
    expect(part.words()).toBe('')
  })

  it('somebody without a name, for the service desk', async () => {
    await rung({ from: { userId: 'x', name: '' }, to: { queue: 'desk' } })
    expect(part.words()).toContain('Unnamed')
    expect(part.words()).toContain('is calling the service desk')
  })
})

describe('a call that was asked for', () => {
  const desk = { to: { queue: 'desk' }, title: 'A call', cover: 'jade' } as const
  const called = async (wish: Parameters<RingPhone['rings']['call']>[0]) => {
    open('call-waiting', 'ann', 'enter')
    await phone.rings.call(wish)
    await tick()
  }
  const becomes = async (to: Parameters<typeof ringView>[0]) => {
    phone.outgoing = phone.outgoing.map((ring) => ({ ...ring, ...to }))
    await hint('ann')
  }

  it('waits in a queue with its place, and says when nobody is there', async () => {
    await called(desk)
    await becomes({ queue: { position: 3, agents: 0 } })
    expect(part.words()).toContain('You are number 3 in line')
    expect(part.words()).toContain('Nobody is at the desk right now')
    await becomes({ queue: { position: 1, agents: 1 } })
    expect(part.words()).toContain('You are next')
    expect(part.words()).toContain('1 agent is at the desk')
    await becomes({ state: 'ringing', agent: { userId: 'li', name: 'Li' }, queue: null })
    expect(part.words()).toContain('Connecting you with Li')
    expect(labels()).toEqual(['Service desk', 'Cancel'])
  })

  it('yes: says which call to go into, and is gone', async () => {
    await called(desk)
    await becomes({ state: 'accepted', endsInMs: null })
    expect(part.fired).toContainEqual(['enter', { roomId: 'r1' }])
    expect(part.words()).toBe('')
  })

  it.each([
    [{ state: 'refused' }, 'The call was declined'],
    [{ state: 'refused', busy: true }, 'Busy right now'],
    [{ state: 'missed' }, 'Nobody answered'],
    [{ state: 'cancelled' }, 'The call has ended'],
  ] as const)('%j is told, and may be asked for once more', async (to, said) => {
    await called({ ...desk, to: { userId: 'bob' } })
    await becomes({ ...to, endsInMs: null })
    expect(part.words()).toContain('Bob')
    expect(part.words()).toContain(said)
    await part.tap('.disc--yes')
    await tick()
    expect(phone.count('create')).toBe(2)
    expect(part.words()).toContain('Ringing')
  })

  it('giving up, and closing what is over, leave nothing on the screen', async () => {
    await called(desk)
    await part.tap('.disc--no')
    await tick()
    expect(part.words()).toBe('')
    expect(phone.count('call.cancel')).toBe(1)
    await phone.rings.call(desk)
    await becomes({ state: 'missed', endsInMs: null })
    await part.tap('.choice')
    await tick()
    expect(part.words()).toBe('')
  })

  it('says why it did not go out', async () => {
    open('call-waiting', 'ann')
    phone.refusals.set('create', 'already-live')
    await phone.rings.call(desk)
    await tick()
    expect(part.words()).toContain('The call did not go out')
    expect(part.words()).toContain('You have another room open')
  })
})
