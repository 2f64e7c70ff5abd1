import { METHODS, type OldMethod, PROPERTIES } from '../../miniprogram/components/live-room/compat/table'
import { BLANK } from '../../miniprogram/components/live-room/fields'
import { props } from '../../miniprogram/components/live-room/props'
import { TEMPLATES } from '../../miniprogram/components/live-stage/layouts/index'
import { FAULTS } from '../../miniprogram/stores/room/fault'
import { newStage, provideFakeRoom, ROOM } from './support/fake-room'
import { type Mounted, mount, settled } from './support/simulate'

const EVENTS = ['text', 'counts', 'people', 'link', 'requests', 'error', 'ended', 'RoomEvent', 'onRoomEvent']

beforeAll(() => {
  const context = new Proxy({}, { get: () => (o?: { success?: () => void }) => o?.success?.() })
  Object.assign(wx, { createLivePusherContext: () => context, createLivePlayerContext: () => context })
})

let warnings: string[]
beforeEach(() => {
  warnings = []
  jest.spyOn(console, 'warn').mockImplementation((words: string) => warnings.push(words))
})
afterEach(() => jest.restoreAllMocks())

function open(set: Record<string, unknown>) {
  const stage = newStage()
  const part = mount('live-room', { locale: 'en', ...set }, EVENTS, () => provideFakeRoom(stage))
  const act = async (change: () => void) => {
    stage.act(change)
    await settled()
  }
  const onAir = () =>
    act(() => {
      stage.room.room = ROOM
      stage.room.phase = 'on-air'
    })
  return { part, stage, act, onAir }
}
const heard = (part: Mounted, name: string) =>
  part.fired.filter(([event]) => event === name).map(([, detail]) => detail as Record<string, unknown>)
/** Nodes of the room's own template with this class; the simulator writes "main" before it. */
const drawn = (part: Mounted, name: string) => part.all(`[class~="main--${name}"]`)
const oldTags = (part: Mounted) => heard(part, 'RoomEvent').map(({ tag, code }) => [tag, code])
const line = (over = {}) => ({
  kind: 'barrage',
  id: 'l1',
  userId: 'u2',
  name: 'Bob',
  text: '>debug',
  mine: false,
  ...over,
})

test('nothing that is drawn has the name of a property: the page’s value would be overwritten', () => {
  const names = [...Object.keys(props), ...Object.keys(PROPERTIES)]
  expect(Object.keys(BLANK).filter((field) => names.includes(field))).toEqual([])
})

describe('of two ways to begin', () => {
  test('a viewer comes in by himself, and start() on top joins that', async () => {
    const { part, stage } = open({ roomId: 'r1' })
    await part.instance.start()
    expect(stage.calls).toEqual(['enter r1', 'enter r1'])
  })

  test.each(['roomid', 'roomID'])('with %s nothing begins before start()', async (name) => {
    const { part, stage } = open({ [name]: 'r1' })
    part.set({ [name]: 'r2' })
    expect(stage.calls).toEqual([])
    await part.instance.start()
    expect(stage.calls).toEqual(['enter r2'])
  })

  test('an older anchor goes on air by start() alone, under the name that his page gives', async () => {
    const { part, stage } = open({ role: 'presenter', roomname: 'Old tea', roomid: '' })
    await part.instance.start()
    expect(stage.calls).toEqual(['start {"title":"Old tea","cover":"coral"}'])
  })

  test('a form counts before the properties', async () => {
    const { part, stage } = open({ role: 'anchor', roomName: 'Tea', cover: 'jade', seats: 2, record: 'true' })
    await part.instance.start({ title: 'Cake' })
    expect(stage.calls).toEqual(['prepare', 'start {"title":"Cake","cover":"jade","seats":2,"record":true}'])
  })

  test('the panel before the show starts with what the properties say besides', async () => {
    const { part, stage } = open({ role: 'anchor', notice: 'Hello', tags: ['a', 'b'] })
    part.instance.begin({ detail: { title: 'Tea', cover: 'ocean' } })
    await settled()
    expect(stage.calls[1]).toBe('start {"title":"Tea","cover":"ocean","notice":"Hello","tags":["a","b"]}')
  })
})

describe('a page that learns its role later', () => {
  test('gets the room of that role, and nothing of the one before is left', async () => {
    const { part, stage } = open({ role: '', roomID: '' })
    const [first, calls] = [stage.room, stage.calls]
    part.set({ role: 'anchor', roomName: 'Tea' })
    expect(stage.room).not.toBe(first)
    expect([stage.room.role, calls]).toEqual(['anchor', ['end']])
    await part.instance.start()
    expect(calls).toEqual(['end', 'start {"title":"Tea","cover":"coral"}'])
    part.detach()
    expect(calls.filter((call) => call === 'end')).toHaveLength(2)
  })

  test('keeps the room that is open', async () => {
    const { part, stage, onAir } = open({ roomId: 'r1' })
    await onAir()
    const { room } = stage
    part.set({ role: 'anchor' })
    expect([stage.room === room, stage.calls]).toEqual([true, ['enter r1']])
  })
})

describe('the watermark', () => {
  test('is drawn with and without chrome, and gone when it is empty', async () => {
    for (const chrome of ['full', 'none']) {
      const { part, onAir } = open({ roomId: 'r1', chrome, watermark: 'Tea house' })
      await onAir()
      expect([drawn(part, 'watermark').length, part.words().includes('Tea house')]).toEqual([1, true])
      part.set({ watermark: '' })
      expect(drawn(part, 'watermark')).toEqual([])
    }
  })
})

describe('the chrome', () => {
  const CHROME = ['scrim--top', 'top', 'talk', 'hearts']

  test('is drawn for any page that does not say otherwise', async () => {
    const { part, onAir } = open({ roomId: 'r1' })
    await onAir()
    for (const region of ['stage', ...CHROME]) expect([region, drawn(part, region).length]).toEqual([region, 1])
  })

  test.each([{ roomId: 'r1', chrome: 'none' }, { roomid: 'r1' }])('is the page’s own with %j', async (set) => {
    const { part, stage, act, onAir } = open(set)
    await part.instance.start()
    await onAir()
    for (const region of CHROME) expect([region, drawn(part, region)]).toEqual([region, []])
    expect(drawn(part, 'stage')).toHaveLength(1)
    part.instance.likeTwice()
    part.instance.placeTap({ detail: { userId: 'u2', name: 'Bob', me: false } })
    expect(stage.calls.filter((call) => call.startsWith('like'))).toEqual([])
    await act(() => {
      stage.room.phase = 'ended'
      stage.room.summary = { durationMs: 1, totalViewers: 1, peakViewers: 1, likes: 1 }
    })
    expect(part.words()).toBe('')
  })

  test('without it the platform’s questions are still asked, and what only tells is told', async () => {
    const { part, stage, act } = open({ role: 'anchor', chrome: 'none' })
    await act(() => {
      stage.room.fault = { code: 'permission-camera', ...FAULTS['permission-camera'] }
    })
    expect(part.words()).toContain('Allow camera and microphone')
    await act(() => {
      stage.room.fault = null
      stage.room.room = ROOM
      stage.room.phase = 'interrupted'
    })
    expect(part.words()).toContain('Reconnecting your show')
    await act(() => {
      stage.room.fault = { code: 'removed', ...FAULTS.removed }
      stage.room.phase = 'failed'
    })
    expect(part.words()).toBe('')
  })
})

describe.each([...TEMPLATES.keys()])('in the template %s', (template) => {
  test('every property of one’s own picture reaches it (M103, M104)', () => {
    const { stage } = open({
      role: 'anchor',
      template,
      beauty: 3,
      whiteness: 4,
      quality: 'SD',
      muted: 'true',
      pureAudio: true,
      orientation: 'horizontal',
    })
    expect(stage.calls.filter((call) => call.startsWith('set'))).toEqual(
      expect.arrayContaining([
        'setBeauty 3',
        'setWhiteness 4',
        'setMode SD',
        'setMuted true',
        'setPureAudio true',
        'setOrientation horizontal',
      ]),
    )
    expect(warnings).toEqual([])
  })
})

test('a property that changes later reaches the model once, and another one does not repeat it', async () => {
  const { part, stage } = open({ role: 'anchor' })
  stage.calls.length = 0
  part.set({ beauty: 7 })
  part.set({ muted: 'true' })
  part.set({ pureAudio: 'true' })
  part.set({ pureAudio: 'false', quality: 'HD' })
  part.set({ debug: true })
  expect(stage.calls).toEqual([
    'setBeauty 7',
    // What is played, and one's own microphone.
    'setMuted true',
    'setMuted true',
    'setPureAudio true',
    'setMode HD',
    'setPureAudio false',
  ])
})

test('a viewer who comes on stage brings along what the page prefers', async () => {
  const { stage, act } = open({ roomId: 'r1', beauty: 2, pureAudio: true })
  const asked: string[] = []
  const note = (name: string) => (value: unknown) => asked.push(`${name} ${value}`)
  const camera = {
    active: false,
    setBeauty: note('beauty'),
    setPureAudio: note('pure audio'),
    setMuted: note('muted'),
  }
  await act(() => stage.room.stage.cast({ camera }))
  expect(asked).toEqual(['beauty 2', 'pure audio true'])
})

describe('pause and resume (M108)', () => {
  test('stop and go on with what a viewer is shown', async () => {
    const { part, stage, act } = open({ roomId: 'r1' })
    await act(() => {
      stage.room.playback.active = true
    })
    part.instance.pause()
    part.instance.resume()
    expect(stage.calls).toEqual(['enter r1', 'pause', 'resume'])
  })

  test('take and give back an anchor’s camera and microphone as they were; a second pause forgets nothing', () => {
    const { part, stage } = open({ role: 'anchor' })
    stage.room.publisher.muted = true
    stage.calls.length = 0
    part.instance.pause()
    part.instance.pause()
    part.instance.resume()
    part.instance.resume()
    expect(stage.calls).toEqual(['setMuted true', 'setCameraOn false', 'setMuted true', 'setCameraOn true'])
  })
})

describe('what is told', () => {
  test('is what people write, markup and commands included, and never a command (M106, M125)', async () => {
    const { part, stage, onAir } = open({ roomId: 'r1' })
    await onAir()
    stage.say([line(), { kind: 'system', id: 's1', event: 'started' }] as never)
    const told = { roomId: 'r1', id: 'l1', userId: 'u2', name: 'Bob', text: '>debug', mine: false, failed: false }
    expect(heard(part, 'text')).toEqual([told])
    expect(part.instance.data.debug).toBe(false)
  })

  test('is every step to the stage once, with ids; that its reason was read is no step', async () => {
    const { part, stage, act, onAir } = open({ roomId: 'r1' })
    await onAir()
    const { link } = stage.room
    const go = (fields: object) => act(() => Object.assign(link, fields))
    await go({ state: { phase: 'waiting', linkId: 'k1', position: 2, endsAt: 5_000 } })
    // One place further, and a time that was measured anew.
    await go({ state: { phase: 'waiting', linkId: 'k1', position: 1, endsAt: 5_003 } })
    await go({ state: { phase: 'held', seat: 2, endsAt: 9_000 } })
    await go({ state: { phase: 'off' }, ended: { why: 'kicked', reason: 'Later' } })
    await go({ ended: null })
    const step = { roomId: 'r1', linkId: '', seat: 0, endsAt: 0, why: '', reason: '' }
    expect(heard(part, 'link')).toEqual([
      { ...step, phase: 'waiting', linkId: 'k1', endsAt: 5_000 },
      { ...step, phase: 'held', seat: 2, endsAt: 9_000 },
      { ...step, phase: 'off', why: 'kicked', reason: 'Later' },
    ])
  })

  test('is who asks, who is on stage, how many there are, and trouble with the stage', async () => {
    const { part, stage, act, onAir } = open({ role: 'anchor' })
    await onAir()
    await act(() => {
      stage.room.counts = { viewers: 3, likes: 4, totalViewers: 5, peakViewers: 6, pk: null }
      const link = { linkId: 'k1', kind: 'request', user: { userId: 'u2', name: 'Bob' }, expiresInMs: 1 }
      stage.room.desk.requests = [{ link, endsAt: 5_000, busy: false }]
      stage.room.desk.problem = { code: 'full', ...FAULTS.full }
    })
    expect(heard(part, 'counts').at(-1)).toEqual({
      roomId: 'r1',
      viewers: 3,
      likes: 4,
      totalViewers: 5,
      peakViewers: 6,
    })
    expect(heard(part, 'requests')).toEqual([
      { roomId: 'r1', requests: [] },
      { roomId: 'r1', requests: [{ linkId: 'k1', userId: 'u2', name: 'Bob', endsAt: 5_000 }] },
    ])
    expect(heard(part, 'people').at(-1)).toMatchObject({
      roomId: 'r1',
      people: [{ userId: 'u1', name: 'Eve', seat: 0 }],
    })
    expect(heard(part, 'error')).toMatchObject([
      { roomId: 'r1', code: 'full', fatal: false, remedy: 'retry', during: 'link' },
    ])
    await act(() => {
      stage.room.counts = { ...stage.room.counts }
    })
    expect(heard(part, 'counts')).toHaveLength(2)
  })

  test('is nothing any more after detach (M111)', async () => {
    const { part, stage, act, onAir } = open({ roomId: 'r1' })
    await onAir()
    part.detach()
    const before = part.fired.length
    await act(() => {
      stage.room.counts = { viewers: 9, likes: 9, totalViewers: 9, peakViewers: 9, pk: null }
      stage.room.phase = 'ended'
    })
    stage.say([line()] as never)
    expect(part.fired.length).toBe(before)
  })
})

describe('an older page', () => {
  test('hears everything by both names, with tag, code, detail and ids (M100, M105)', async () => {
    const { part, stage, act, onAir } = open({ roomid: 'r1' })
    await onAir()
    stage.say([line()] as never)
    await act(() => {
      stage.room.link.state = { phase: 'on', seat: 1 }
    })
    await act(() => {
      stage.room.phase = 'ended'
    })
    expect(oldTags(part)).toEqual([
      ['recvTextMsg', 0],
      ['LinkOn', 0],
      ['linkOn', 0],
      ['roomClosed', -9006],
    ])
    expect(heard(part, 'onRoomEvent')).toEqual(heard(part, 'RoomEvent'))
    expect(heard(part, 'RoomEvent')).toEqual(
      heard(part, 'RoomEvent').map((e) => ({ ...e, roomID: 'r1', roomId: 'r1' })),
    )
  })

  const PERSON = { userID: 'u2', userName: 'Bob' }
  const TAP = { type: 'tap', currentTarget: { dataset: { userid: 'u2' } }, detail: { x: 1, y: 2 } }
  const CALLS: Record<OldMethod, { role: 'anchor' | 'audience'; given: unknown[]; does: string[] }> = {
    requestJoinPusher: { role: 'audience', given: [], does: ['link.request'] },
    requestJionPusher: { role: 'audience', given: [], does: ['link.request'] },
    requestJoinAnchor: { role: 'audience', given: [], does: ['link.request'] },
    respondJoinReq: { role: 'anchor', given: [true, PERSON], does: ['desk.accept "k1"'] },
    respondJoinAnchor: {
      role: 'anchor',
      given: [false, { detail: { detail: PERSON } }],
      does: ['desk.reject "k1" '],
    },
    kickoutSubPusher: { role: 'anchor', given: [TAP], does: ['desk.kick "u2"'] },
    kickoutJoinAnchor: { role: 'anchor', given: ['u2'], does: ['desk.kick "u2"'] },
    quitLink: { role: 'audience', given: [], does: ['link.leave'] },
    sendTextMsg: { role: 'audience', given: ['Hello'], does: ['send Hello'] },
    toggleMuted: { role: 'audience', given: [], does: ['setMuted true'] },
    toggleBeauty: { role: 'anchor', given: [], does: ['setBeauty 0'] },
    toggleDebug: { role: 'audience', given: [], does: [] },
  }

  test.each(Object.keys(METHODS) as OldMethod[])(
    'calls %s, and is told once what replaces it (M99, M107)',
    async (name) => {
      const { role, given, does } = CALLS[name]
      const { part, stage, act, onAir } = open({ role, roomid: 'r1' })
      await onAir()
      await act(() => {
        const link = { linkId: 'k1', kind: 'request', user: { userId: 'u2', name: 'Bob' }, expiresInMs: 1 }
        stage.room.desk.requests = [{ link, endsAt: 5_000, busy: false }]
      })
      stage.room.chat.send = async (text: string) => stage.calls.push(`send ${text}`) > 0
      stage.calls.length = 0
      await part.instance[name](...given)
      await settled()
      expect(stage.calls).toEqual(does)
      const about = () => warnings.filter((words) => words.includes(`${name}()`))
      expect(about()).toHaveLength(1)
      await part.instance[name](...given)
      expect(about()).toHaveLength(1)
    },
  )

  test('toggles the figures, and by nothing that is written (M125)', () => {
    const { part } = open({ roomid: 'r1' })
    part.instance.toggleDebug()
    expect(part.instance.data.debug).toBe(true)
    part.instance.toggleDebug()
    expect(part.instance.data.debug).toBe(false)
  })

  test('goes on stage as soon as it is let; a page of today is asked', async () => {
    const confirms = async (ask: string) => {
      const { part, stage, act, onAir } = open({ roomid: 'r1' })
      await onAir()
      await part.instance[ask]()
      await act(() => {
        stage.room.link.state = { phase: 'held', seat: 1, endsAt: 5_000 }
      })
      return stage.calls.filter((call) => call === 'link.confirm').length
    }
    expect([await confirms('requestJoinPusher'), await confirms('requestLink')]).toEqual([1, 0])
  })

  test('hears that a line was not sent', async () => {
    const { part, onAir } = open({ roomid: 'r1' })
    await onAir()
    await part.instance.sendTextMsg('Hello')
    expect(oldTags(part)).toEqual([['error', -9005]])
  })
})

describe('the methods for the page', () => {
  test('answer a request or an invitation, and nothing that is stale', async () => {
    const anchor = open({ role: 'anchor' })
    await anchor.onAir()
    await anchor.act(() => {
      const link = { linkId: 'k1', kind: 'request', user: { userId: 'u2', name: 'Bob' }, expiresInMs: 1 }
      anchor.stage.room.desk.requests = [{ link, endsAt: 5_000, busy: false }]
    })
    anchor.stage.calls.length = 0
    await anchor.part.instance.respondLink('k1', true)
    await anchor.part.instance.respondLink('k1', false, 'Later')
    await anchor.part.instance.respondLink('k2', true)
    expect(anchor.stage.calls).toEqual(['desk.accept "k1"', 'desk.reject "k1" "Later"'])

    const viewer = open({ roomId: 'r1' })
    await viewer.act(() => {
      viewer.stage.room.link.state = { phase: 'invited', linkId: 'k3', endsAt: 5_000 }
    })
    viewer.stage.calls.length = 0
    await viewer.part.instance.respondLink('k3', true)
    await viewer.part.instance.respondLink('k3', false, 'No')
    await viewer.part.instance.respondLink('k1', true)
    expect(viewer.stage.calls).toEqual(['link.accept', 'link.decline "No"'])
  })

  test('lead to the model', async () => {
    const { part, stage } = open({ role: 'anchor' })
    stage.calls.length = 0
    await part.instance.invite('u2', 'Bob')
    await part.instance.kick('u2')
    await part.instance.muteSeat(2, { mic: true })
    part.instance.switchCamera()
    part.instance.setCamera(false)
    part.instance.setMuted(true)
    part.instance.like(2)
    await part.instance.stop()
    expect(stage.calls).toEqual([
      'desk.invite {"userId":"u2","name":"Bob"}',
      'desk.kick "u2"',
      'desk.quiet 2 {"mic":true,"camera":false}',
      'flip',
      'setCameraOn false',
      'setMuted true',
      'setMuted true',
      'like 2',
      'close',
    ])
  })

  test('that make no sense in a role do nothing', async () => {
    const { part, stage } = open({ role: 'anchor' })
    stage.calls.length = 0
    for (const name of ['requestLink', 'cancelLink', 'confirmLink', 'leaveLink']) await part.instance[name]()
    expect(stage.calls).toEqual([])
  })
})
