import type { LinkEnd, LinkState } from '../../miniprogram/stores/live-room/link/types'
import { fault } from '../../miniprogram/stores/room/fault'
import { roomView, seatView } from '../support/fakes/room-view'
import { fakePeople } from './support/fake-people'
import { mountPart, type Seen } from './support/part'
import { settled } from './support/simulate'

const NOW = 1_000_000
const ann = { userId: 'ann', name: 'Ann' }
const user = (userId: string) => ({ userId, name: userId })
const waiting = (userId: string, kind: 'request' | 'invite' = 'request', busy = false) => ({
  link: { linkId: `l-${userId}`, kind, user: user(userId), expiresInMs: 45_000 },
  endsAt: NOW + 45_000,
  busy,
})

/** Mounts a part of link-mic; timers run when the test says so, acts answer when it says so. */
function open(name: string, { lang = 'en', anchor = false }: { lang?: 'en' | 'zh-CN'; anchor?: boolean } = {}) {
  const calls: unknown[][] = []
  const timers = new Set<() => void>()
  const answers: (() => void)[] = []
  let buzzes = 0
  const kit = {
    clock: {
      now: () => NOW,
      every: () => () => {},
      after: (_ms: number, task: () => void) => {
        timers.add(task)
        return () => timers.delete(task)
      },
    },
    device: { vibrate: () => buzzes++ },
    session: { me: user('bob') },
  }
  const note =
    (act: string) =>
    (...args: unknown[]) => {
      calls.push([act, ...args])
      return new Promise<void>((resolve) => answers.push(resolve))
    }
  const make = (seen: Seen) => {
    const { link, ...others } = fakePeople(seen, note)
    const room = roomView({ anchor: ann, seats: [seatView()] })
    const acts = { retry: note('retry'), openSettings: note('openSettings') }
    return Object.assign(seen({ room, counts: { viewers: 1 } }), others, acts, { link: anchor ? null : link })
  }
  const part = mountPart(name, make, { kit, lang })
  const answer = async () => {
    for (const resolve of answers.splice(0)) resolve()
    await settled()
  }
  const ring = () => {
    for (const task of [...timers]) task()
  }
  return { part, calls, timers, ring, answer, buzzes: () => buzzes }
}

const STATES: Record<LinkState['phase'], LinkState> = {
  off: { phase: 'off' },
  asking: { phase: 'asking' },
  waiting: { phase: 'waiting', linkId: 'l1', position: 2, endsAt: NOW + 65_000 },
  invited: { phase: 'invited', linkId: 'l1', endsAt: NOW + 20_000 },
  held: { phase: 'held', seat: 1, endsAt: NOW + 15_000 },
  joining: { phase: 'joining', seat: 1 },
  on: { phase: 'on', seat: 1 },
}

describe('the bar of a viewer', () => {
  test.each([
    ['off', ''],
    ['asking', 'Asking the host'],
    ['waiting', 'Waiting for the hostNumber 2 in line, 01:05 leftTake back'],
    ['invited', 'Ann invites you on stageYou see yourself first. 00:20 to answerDeclineAccept'],
    ['held', 'Your turnOnly you see yourself now. Your seat is kept for 00:15Give upGo on stage'],
    ['joining', 'Going on stageYour picture is on its wayLeave the stage'],
    ['on', ''],
  ] as const)('%s: %s', async (phase, words) => {
    const { part } = open('link-bar')
    await part.act(({ link }) => {
      link.state = STATES[phase]
    })
    expect(part.words()).toBe(words)
  })

  test.each([
    ['waiting', '.act', 'cancel'],
    ['invited', '.act--main', 'accept'],
    ['invited', '.act', 'decline'],
    ['held', '.act--main', 'confirm'],
    ['held', '.act', 'leave'],
    ['joining', '.act', 'leave'],
  ] as const)('%s: a tap on %s is %s', async (phase, selector, deed) => {
    const { part, calls } = open('link-bar')
    await part.act(({ link }) => {
      link.state = STATES[phase]
    })
    await part.tap(selector)
    expect(calls).toEqual([[deed]])
  })

  test('while an answer is under way it cannot be given again, and the way back stays open (M122)', async () => {
    const { part, calls } = open('link-bar')
    await part.act(({ link }) => {
      link.state = STATES.held
      link.busy = true
    })
    expect(part.attribute('aria-disabled')).toEqual([false, true])
    await part.tap('.act--main')
    expect(calls).toEqual([])
    await part.tap('.act')
    expect(calls).toEqual([['leave']])
  })

  test.each([
    ['rejected', 'after the song', 'Not this timeThe host says: after the song'],
    ['rejected', '', 'Not this timeYou can ask again later'],
    ['expired', '', 'The host did not answerMaybe just busy. You can ask again'],
    ['withdrawn', '', 'The invitation was taken backYou can still ask to join'],
    ['not-confirmed', '', 'Your seat could not be keptThe time to confirm is over. You can ask again'],
    ['kicked', '', 'The host took you off the stageYour camera and microphone are off'],
    ['elsewhere', '', 'You are on stage on another deviceCamera and microphone of this one are off'],
    ['lost', '', 'You are off the stageThe connection was lost for too long. You can ask again'],
  ] as const)('%s %s: %s, for a while or until it is shut (M70)', async (why: LinkEnd, reason, words) => {
    const { part, calls, timers, ring } = open('link-bar')
    await part.act(({ link }) => {
      link.ended = { why, reason }
    })
    expect(part.words()).toBe(words)
    await part.tap('.shut')
    expect(calls).toEqual([['forget']])
    ring()
    expect(calls).toEqual([['forget'], ['forget']])
    await part.act(({ link }) => {
      link.ended = null
    })
    expect([part.words(), timers.size]).toEqual(['', 0])
  })

  test('a new way begins where the old one ended: nothing of it is said any more', async () => {
    const { part, timers } = open('link-bar')
    await part.act(({ link }) => {
      link.ended = { why: 'rejected', reason: '' }
    })
    await part.act(({ link }) => {
      link.state = STATES.asking
    })
    expect([part.words(), timers.size]).toEqual(['Asking the host', 0])
  })

  test('says what went wrong, and leads to what has to be opened', async () => {
    const { part } = open('link-bar')
    await part.act(({ link }) => {
      link.problem = fault('network')
    })
    expect(part.words()).toContain('No connection')
    await part.act(({ link }) => {
      link.state = STATES.held
      link.problem = fault('permission-camera')
    })
    expect([part.ui.sheet, part.words()]).toEqual(['link', ''])
    part.ui.open(null)
    await settled()
    await part.tap('.act--main')
    expect(part.ui.sheet).toBe('link')
  })

  test('waits while a sheet is open; what wants an answer takes its place, and nothing stacks (P59)', async () => {
    const { part } = open('link-bar')
    part.ui.open('people')
    await part.act(({ link }) => {
      link.state = STATES.waiting
    })
    expect([part.words(), part.ui.sheet]).toEqual(['', 'people'])
    await part.act(({ link }) => {
      link.state = STATES.held
    })
    expect([part.words(), part.ui.sheet]).toEqual(['', 'link'])
    part.ui.open(null)
    await settled()
    expect(part.words()).toContain('Your turn')
    await part.act(({ link }) => {
      link.state = STATES.invited
    })
    expect([part.words(), part.ui.sheet]).toEqual([expect.stringContaining('Ann invites you'), null])
  })

  test('ends its timer with the part', async () => {
    const { part, timers } = open('link-bar')
    await part.act(({ link }) => {
      link.ended = { why: 'kicked', reason: '' }
    })
    expect(timers.size).toBe(1)
    part.detach()
    expect(timers.size).toBe(0)
  })
})

test('a seat that is found after a restart has no end to count to', async () => {
  const { part } = open('link-bar')
  await part.act(({ link }) => {
    link.state = { phase: 'held', seat: 1, endsAt: null }
  })
  expect(part.words()).toBe('Your turnYou were on stage when you left. Go on?Give upGo on stage')
})

describe('the button in the dock', () => {
  test('is there for a viewer while there is a stage, with its state in the label and a ring while time runs', async () => {
    const { part } = open('link-button')
    expect(part.attribute('aria-label')).toEqual(['Join on stage'])
    await part.act(({ link }) => {
      link.possible = false
    })
    expect(part.attribute('aria-label')).toEqual([])
    for (const [phase, label, ring] of [
      ['waiting', 'Stage: waiting for the host', true],
      ['invited', 'Stage: you are invited', true],
      ['on', 'Stage: you are on', false],
    ] as const) {
      await part.act(({ link }) => {
        link.state = STATES[phase]
      })
      const runs = part.dom.innerHTML.includes('animation-duration')
      expect([part.attribute('aria-label'), runs]).toEqual([[label], ring])
    }
    await part.tap('.disc')
    expect(part.ui.sheet).toBe('link')
  })

  test('tells those who decide how many wait', async () => {
    const { part } = open('link-button', { anchor: true })
    await part.act(({ desk }) => {
      desk.mine = true
    })
    expect(part.attribute('aria-label')).toEqual(['Manage the stage, nobody is waiting'])
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl'), waiting('dan')]
    })
    expect([part.words(), part.attribute('aria-label')]).toEqual(['2', ['Manage the stage, 2 people are waiting']])
    await part.tap('.disc')
    expect(part.ui.sheet).toBe('desk')
    await part.act((room) => {
      room.room = roomView({ seats: [] })
    })
    expect(part.attribute('aria-label')).toEqual([])
  })
})

describe('a new request', () => {
  test('is announced once, for a while, with one tap to the panel (M73)', async () => {
    const { part, ring, buzzes } = open('request-bar', { anchor: true })
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl')]
    })
    expect([part.words(), buzzes()]).toEqual(['carl asks to joinThey confirm once more, then come on stageView', 1])
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl', 'request', true)]
    })
    expect(buzzes()).toBe(1)
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl'), waiting('dan')]
    })
    expect([part.words(), buzzes()]).toEqual([expect.stringContaining('dan asks to join, 2 in all'), 2])
    ring()
    expect(part.words()).toBe('')
    await part.act(({ desk }) => {
      desk.requests = [waiting('dan')]
    })
    expect([part.words(), buzzes()]).toEqual(['', 2])
  })

  test('leads to the panel, or is put away', async () => {
    const { part } = open('request-bar', { anchor: true })
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl')]
    })
    await part.tap('.shut')
    expect([part.words(), part.ui.sheet]).toEqual(['', null])
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl'), waiting('dan')]
      desk.freeSeats = 0
    })
    expect(part.words()).toContain('Every seat is taken')
    await part.tap('.act')
    expect([part.words(), part.ui.sheet]).toEqual(['', 'desk'])
  })

  test('does not come on top of an admin’s own way to the stage (P59)', async () => {
    const { part } = open('request-bar')
    await part.act(({ desk, link }) => {
      desk.requests = [waiting('carl')]
      link.state = STATES.held
    })
    expect(part.words()).toBe('')
    await part.act(({ link }) => {
      link.state = STATES.on
    })
    expect(part.words()).toContain('carl asks')
  })
})

describe('the panel of a viewer', () => {
  test('explains what it is, and asks', async () => {
    const { part, calls } = open('link-sheet')
    expect(part.words()).toContain('Join Ann on stage')
    await part.tap('.btn--main')
    expect(calls).toEqual([['request']])
    await part.act(({ link }) => {
      link.possible = false
    })
    expect(part.words()).toContain('closed for now')
    await part.tap('.btn--main')
    expect(calls).toHaveLength(1)
  })

  test('on stage: own microphone and camera, beauty, and the way off', async () => {
    const { part, calls } = open('link-sheet')
    let flips = 0
    await part.act((room) => {
      room.link.state = STATES.on
      room.stage.camera = { muted: true, cameraOn: true, flip: () => flips++ }
    })
    expect(part.attribute('aria-label')).toEqual(
      expect.arrayContaining(['Turn your microphone on', 'Turn your camera off']),
    )
    await part.instance.toggleMic()
    await part.instance.toggleCamera()
    await part.instance.flip()
    expect([calls, flips]).toEqual([
      [
        ['setMicOff', false],
        ['setCameraOff', true],
      ],
      1,
    ])
    await part.instance.beauty()
    expect(part.ui.sheet).toBe('beauty')
    await part.tap('.btn')
    expect([calls[2], part.ui.sheet]).toEqual([['leave'], null])
  })

  test('what the host has turned off cannot be turned on, and the panel says so', async () => {
    const { part, calls } = open('link-sheet')
    await part.act((room) => {
      room.link.state = STATES.on
      room.stage.camera = { muted: false, cameraOn: true }
      room.stage.places = [{ me: true, quieted: { mic: true, camera: false } }]
    })
    expect(part.words()).toContain('The host has turned your microphone off')
    await part.instance.toggleMic()
    expect(calls).toEqual([])
  })

  test('a missing permission shows what to open, and goes on from there', async () => {
    const { part, calls, answer } = open('link-sheet', { lang: 'zh-CN' })
    await part.act(({ link }) => {
      link.state = STATES.held
      link.problem = fault('permission-camera')
    })
    expect(part.words()).toContain('去设置里打开')
    part.ui.open('link')
    const gone = part.instance.settings()
    await settled()
    expect(calls).toEqual([['openSettings']])
    await part.act(({ link }) => {
      link.problem = null
    })
    await answer()
    await gone
    expect(part.ui.sheet).toBeNull()
  })

  test('back from the settings it looks again by itself, but not about a refused guideline (P83)', async () => {
    const { part, calls } = open('link-sheet')
    await part.act(({ link }) => {
      link.problem = fault('privacy')
    })
    part.page('show')
    expect(calls).toEqual([])
    await part.act(({ link }) => {
      link.problem = fault('permission-microphone')
    })
    part.page('show')
    expect(calls).toEqual([['retry']])
  })

  test('who accepts or confirms sees himself, not the panel', async () => {
    for (const phase of ['invited', 'held'] as const) {
      const { part } = open('link-sheet')
      part.ui.open('link')
      await part.act(({ link }) => {
        link.state = STATES[phase]
      })
      await part.tap('.btn--main')
      expect(part.ui.sheet).toBeNull()
    }
  })
})

describe('the panel of those who decide', () => {
  test('a queue with one answer for each (M73), none of which is sent twice (M122)', async () => {
    const { part, calls } = open('desk-sheet', { anchor: true })
    expect(part.words()).toContain('Nobody has asked yet')
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl'), waiting('dan', 'request', true)]
    })
    expect(part.words()).toContain('00:45 left')
    part.instance.accept({ currentTarget: { dataset: { id: 'l-carl' } } })
    part.instance.accept({ currentTarget: { dataset: { id: 'l-dan' } } })
    part.instance.accept({ currentTarget: { dataset: { id: 'l-nobody' } } })
    expect(calls).toEqual([['accept', 'l-carl']])
    await part.act(({ desk }) => {
      desk.freeSeats = 0
    })
    part.instance.accept({ currentTarget: { dataset: { id: 'l-carl' } } })
    expect(calls).toHaveLength(1)
  })

  test('a no has a reason if one wants: ready-made, in own words, or none', async () => {
    const { part, calls } = open('desk-sheet', { anchor: true })
    await part.act(({ desk }) => {
      desk.requests = [waiting('carl')]
    })
    await part.tap('.act')
    expect(part.words()).toContain('Not a good moment')
    await part.tap('.reason')
    await part.tap('.act--wide')
    await part.tap('.act')
    await part.fire('.input', 'input', { value: ' 这首歌之后 ' })
    await part.tap('.act--wide')
    await part.tap('.act')
    await part.fire('.input', 'input', { value: '😀'.repeat(61) })
    expect(part.words()).toContain('1 character too many')
    await part.tap('.act--wide')
    await part.fire('.input', 'input', { value: '  ' })
    await part.tap('.act--wide')
    expect(calls).toEqual([
      ['reject', 'l-carl', 'Not a good moment'],
      ['reject', 'l-carl', '这首歌之后'],
      ['reject', 'l-carl'],
    ])
  })

  test('who was invited is shown until he answers, and the invitation can be taken back', async () => {
    const { part, calls } = open('desk-sheet', { anchor: true })
    await part.act(({ desk }) => {
      desk.invitations = [waiting('carl', 'invite')]
    })
    expect(part.words()).toContain('00:45 to answer')
    part.instance.uninvite({ currentTarget: { dataset: { id: 'l-carl' } } })
    expect(calls).toEqual([['uninvite', 'l-carl']])
  })

  test('every seat: quieten, take off, lock; one act at a time', async () => {
    const { part, calls, answer } = open('desk-sheet', { anchor: true })
    await part.act((room) => {
      room.room = roomView({
        seats: [
          seatView({ seat: 1, user: user('carl'), state: 'on', quieted: { mic: true, camera: false } }),
          seatView({ seat: 2, locked: true }),
          seatView({ seat: 3 }),
        ],
      })
    })
    expect(part.attribute('aria-label')).toEqual(
      expect.arrayContaining([
        'Let carl use the microphone',
        'Turn the camera of carl off',
        'Unlock seat 2',
        'Lock seat 3',
      ]),
    )
    const tap = async (method: string, seat: number) => {
      part.instance[method]({ currentTarget: { dataset: { seat } } })
      part.instance[method]({ currentTarget: { dataset: { seat } } })
      await answer()
    }
    await tap('mic', 1)
    await tap('camera', 1)
    await tap('kick', 1)
    await tap('lock', 2)
    await tap('lock', 3)
    expect(calls).toEqual([
      ['quiet', 1, { mic: false, camera: false }],
      ['quiet', 1, { mic: true, camera: true }],
      ['kick', 'carl'],
      ['lock', 2, false],
      ['lock', 3, true],
    ])
  })

  test('says what went wrong', async () => {
    const { part } = open('desk-sheet', { anchor: true })
    await part.act(({ desk }) => {
      desk.problem = fault('forbidden')
    })
    expect(part.words()).toContain('You may not do this')
  })
})
