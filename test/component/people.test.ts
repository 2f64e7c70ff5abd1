import { type PersonRow, patchOf } from '../../miniprogram/components/people-sheet/rows'
import { fault } from '../../miniprogram/stores/room/fault'
import { rightsOver } from '../../miniprogram/stores/room/people/rights'
import { roomView, seatView } from '../support/fakes/room-view'
import { fakePeople } from './support/fake-people'
import { mountPart, type Seen } from './support/part'
import { settled } from './support/simulate'

const NOW = 1_000_000
const user = (userId: string, name = userId) => ({ userId, name })
const room = roomView({
  anchor: user('ann'),
  admins: ['cleo'],
  seats: [seatView({ user: user('sue'), state: 'on' }), seatView({ seat: 2 })],
})

/** A part on the phone of `me`, about `about` where it is a sheet about somebody. */
function open(
  name: string,
  { me = 'ann', about, lang = 'en' }: { me?: string; about?: string; lang?: 'en' | 'zh-CN' } = {},
) {
  const calls: unknown[][] = []
  const answers: (() => void)[] = []
  const kit = { clock: { now: () => NOW }, session: { me: user(me) } }
  const note =
    (act: string) =>
    (...args: unknown[]) => {
      calls.push([act, ...args])
      return new Promise<void>((resolve) => answers.push(resolve))
    }
  const make = (seen: Seen) => {
    const parts = fakePeople(seen, note)
    const mine = ['ann', 'cleo'].includes(me)
    Object.assign(parts.people, { mine, rightsOver: (id: string) => rightsOver(room, me, id) })
    parts.desk.mine = mine
    return Object.assign(seen({ room, counts: { viewers: 1234 } }), parts)
  }
  const part = mountPart(name, make, { kit, lang })
  if (about) part.ui.about(user(about))
  const answer = async () => {
    for (const resolve of answers.splice(0)) resolve()
    await settled()
  }
  const acts = () => calls.filter(([act]) => act !== 'refresh' && act !== 'sanctions')
  return { part, calls, acts, answer, tapOn: (method: string, id: string) => part.instance[method](tap({ id })) }
}
const tap = (dataset: object) => ({ currentTarget: { dataset } })

describe('the list of people', () => {
  test('the host first, then who is on stage, then who watches; each once, with what he is', async () => {
    const { part, calls } = open('people-sheet', { me: 'cleo' })
    expect(calls).toEqual([['refresh'], ['sanctions']])
    await part.act(({ people }) => {
      people.members.items = [user('bob', '"}}<b>'), user('cleo'), user('sue'), user('dan', '')]
    })
    expect(part.attribute('aria-label')).toEqual(
      expect.arrayContaining(['ann, Host', 'sue, On stage', '"}}<b>', 'cleo, Admin · You', 'Unnamed']),
    )
    expect(part.instance.data.rows.map(({ id }: PersonRow) => id)).toEqual(['ann', 'sue', 'bob', 'cleo', 'dan'])
    expect(part.words()).toContain('Watching 1.2k')
  })

  test('a further page costs only itself (P61)', () => {
    const row = (id: string, label = id) => ({ id, label }) as PersonRow
    const [a, b, c] = [row('a'), row('b'), row('c')]
    expect(patchOf([a, b], [a, b, c])).toEqual({ 'rows[2]': c })
    expect(patchOf([a, b], [a, b])).toEqual({})
    expect(patchOf([a, b], [a])).toEqual({ rows: [a] })
    expect(patchOf([a, b], [row('a', 'a, Admin'), b])).toEqual({ rows: [row('a', 'a, Admin'), b] })
  })

  test('comes page by page, and says what it is doing', async () => {
    const { part, calls } = open('people-sheet', { me: 'bob' })
    await part.act(({ people }) => {
      people.members.state = 'loading'
    })
    expect(part.words()).toContain('Loading')
    await part.act(({ people }) => {
      people.members.state = 'error'
    })
    expect(part.words()).toContain('The list did not load')
    part.instance.look()
    await part.act(({ people }) => {
      people.members.state = 'empty'
    })
    expect(part.words()).toContain('Nobody is watching yet')
    await part.act(({ people }) => {
      Object.assign(people.members, { state: 'ready', hasMore: true, busy: true })
    })
    expect(part.words()).toContain('Loading more')
    part.instance.more()
    expect(calls).toEqual([['refresh'], ['refresh'], ['more']])
  })

  test('a tap opens the sheet about a person, which leads back to the list', async () => {
    const { part, tapOn } = open('people-sheet', { me: 'bob' })
    part.ui.open('people')
    tapOn('open', 'nobody')
    expect(part.ui.sheet).toBe('people')
    tapOn('open', 'sue')
    expect([part.ui.sheet, part.ui.person]).toEqual(['person', user('sue')])
    part.ui.back()
    expect(part.ui.sheet).toBe('people')
    part.ui.open(null)
    part.ui.about(user('sue'))
    part.ui.back()
    expect(part.ui.sheet).toBeNull()
  })

  test('who watches sees that everybody is muted, and has nothing to switch', async () => {
    const { part } = open('people-sheet', { me: 'bob' })
    await part.act(({ people }) => {
      people.muteAll = true
    })
    expect(part.words()).toContain('Everybody is muted')
    expect(part.attribute('aria-checked')).toEqual([])
    expect(part.words()).not.toContain('Muted and banned')
  })

  test('who keeps order mutes everybody with one switch, which follows the server (M122)', async () => {
    const { part, acts } = open('people-sheet')
    part.instance.toggleMuteAll()
    expect([acts(), part.attribute('aria-checked')]).toEqual([[['setMuteAll', true]], [false]])
    await part.act(({ people }) => {
      people.busy = ['']
    })
    part.instance.toggleMuteAll()
    expect(acts()).toHaveLength(1)
    await part.act(({ people }) => {
      people.busy = []
      people.muteAll = true
    })
    part.instance.toggleMuteAll()
    expect([acts()[1], part.attribute('aria-checked')]).toEqual([['setMuteAll', false], [true]])
  })

  test('who is muted or banned, for how long, and one tap to lift it', async () => {
    const { part, acts, tapOn } = open('people-sheet')
    await part.act(({ people }) => {
      people.sanctions.state = 'ready'
      people.sanctions.people = [
        { user: user('bob'), banned: true, mutedUntil: null },
        { user: user('dan'), banned: false, mutedUntil: NOW + 61_000 },
        { user: user('eve'), banned: false, mutedUntil: NOW + 3 * 3_600_000 },
      ]
    })
    tapOn('choose', 'sanctioned')
    await settled()
    expect(part.words()).toContain('Banned')
    expect(part.words()).toContain('Muted, 2 minutes left')
    expect(part.words()).toContain('Muted, 3 hours left')
    tapOn('lift', 'bob')
    tapOn('lift', 'dan')
    tapOn('lift', 'nobody')
    expect(acts()).toEqual([
      ['ban', 'bob', false],
      ['mute', 'dan', 0],
    ])
    await part.act(({ people }) => {
      people.busy = ['dan']
    })
    tapOn('lift', 'dan')
    expect(acts()).toHaveLength(2)
  })
})

describe('the sheet about a person', () => {
  const choices = (part: ReturnType<typeof open>['part']) =>
    part
      .attribute('aria-label')
      .filter((label) => !['Close', ''].includes(String(label)) && !String(label).includes('bob'))

  test.each([
    ['bob', 'ann', ['Reply', 'Report']],
    ['bob', 'bob', []],
    ['ann', 'bob', ['Reply', 'Invite on stage', 'Mute', 'Make admin', 'Remove from room', 'Ban', 'Report']],
    ['ann', 'cleo', ['Reply', 'Invite on stage', 'Mute', 'No longer admin', 'Remove from room', 'Ban', 'Report']],
    ['ann', 'sue', ['Reply', 'Take off stage', 'Mute', 'Make admin', 'Remove from room', 'Ban', 'Report']],
    ['cleo', 'bob', ['Reply', 'Invite on stage', 'Mute', 'Remove from room', 'Ban', 'Report']],
    ['cleo', 'ann', ['Reply', 'Report']],
  ])('%s sees about %s: %j', async (me, about, expected) => {
    const { part } = open('person-sheet', { me, about })
    await settled()
    expect(choices(part).filter((label) => label !== about)).toEqual(expected)
  })

  test('reply and report are the page’s and the chat’s business', () => {
    const reply = open('person-sheet', { me: 'bob', about: 'ann' })
    reply.part.instance.reply()
    expect([reply.part.ui.replyTo, reply.part.ui.sheet]).toEqual([user('ann'), null])
    const report = open('person-sheet', { me: 'bob', about: 'ann' })
    report.part.instance.report()
    expect(report.part.told).toEqual([['report', { roomId: 'r1', userId: 'ann', name: 'ann' }]])
    expect(report.part.ui.sheet).toBeNull()
  })

  test('mutes for a time that is chosen, and says so when the server has (M122)', async () => {
    const { part, acts, answer } = open('person-sheet', { about: 'bob' })
    await settled()
    await part.tap('.mute')
    expect(part.words()).toContain('10 minutes1 hour24 hours')
    part.instance.mute(tap({ seconds: 3600 }))
    part.instance.mute(tap({ seconds: 600 }))
    expect(acts()).toEqual([['mute', 'bob', 3600]])
    await settled()
    expect(part.words()).toContain('Working')
    await answer()
    expect(part.words()).not.toContain('Working')
    await part.act(({ people }) => {
      people.sanctions.people = [{ user: user('bob'), banned: false, mutedUntil: NOW + 3_600_000 }]
    })
    expect(part.words()).toContain('Muted, 1 hour left')
    await part.tap('.mute')
    expect(acts()[1]).toEqual(['mute', 'bob', 0])
  })

  test('a ban is asked about once more', async () => {
    const { part, acts } = open('person-sheet', { about: 'bob' })
    await settled()
    await part.tap('.ban')
    expect([acts(), part.words()]).toEqual([[], expect.stringContaining('Ban bob?')])
    await part.tap('.btn--plain')
    expect([acts(), part.words()]).toEqual([[], expect.not.stringContaining('Ban bob?')])
    await part.tap('.ban')
    await part.tap('.btn--main')
    expect(acts()).toEqual([['ban', 'bob', true]])
  })

  test('who is banned can be let in again, and nothing else', async () => {
    const { part, acts } = open('person-sheet', { about: 'bob' })
    await part.act(({ people }) => {
      people.sanctions.people = [{ user: user('bob'), banned: true, mutedUntil: null }]
    })
    expect(choices(part)).toEqual(['Reply', 'Lift the ban', 'Report'])
    await part.tap('.ban')
    expect(acts()).toEqual([['ban', 'bob', false]])
  })

  test('a refusal is said, and nothing is said to be done', async () => {
    const { part, answer } = open('person-sheet', { about: 'bob' })
    await settled()
    part.instance.remove()
    await part.act(({ people }) => {
      people.problem = { userId: 'bob', fault: fault('forbidden') }
    })
    await answer()
    expect(part.words()).toContain('You may not do this')
    expect(part.words()).not.toContain('Removed')
    await part.act(({ people }) => {
      people.problem = { userId: 'dan', fault: fault('forbidden') }
    })
    expect(part.words()).not.toContain('You may not do this')
  })

  test('who waits already is not invited again', async () => {
    const { part, acts } = open('person-sheet', { about: 'bob' })
    await settled()
    await part.tap('.invite')
    expect(acts()).toEqual([['invite', user('bob')]])
    await part.act(({ desk }) => {
      desk.invitations = [{ link: { user: user('bob') } }]
    })
    expect(choices(part)).not.toContain('Invite on stage')
  })

  test('the office changes hands by one tap, off the stage goes another', async () => {
    const { part, acts, answer } = open('person-sheet', { about: 'sue', lang: 'zh-CN' })
    await settled()
    await part.tap('.admin')
    await answer()
    await part.tap('.kick')
    expect(acts()).toEqual([
      ['setAdmin', 'sue', true],
      ['kick', 'sue'],
    ])
  })
})
