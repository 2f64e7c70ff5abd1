import { FAULTS } from '../../miniprogram/stores/room/fault'
import { newStage, provideFakeRoom, ROOM } from './support/fake-room'
import { type Mounted, mount, settled } from './support/simulate'

const EVENTS = ['ready', 'room', 'created', 'state', 'ended', 'error', 'exit', 'rendererror']

beforeAll(() => {
  const context = new Proxy({}, { get: () => (o?: { success?: () => void }) => o?.success?.() })
  Object.assign(wx, { createLivePusherContext: () => context, createLivePlayerContext: () => context })
})

function open(props: Record<string, unknown>, canShowMedia = true) {
  const stage = newStage()
  const part = mount('live-room', { locale: 'en', ...props }, EVENTS, () => provideFakeRoom(stage, canShowMedia))
  const set = async (change: () => void) => {
    stage.act(change)
    await settled()
  }
  return { part, stage, set }
}
const anchor = () => open({ role: 'anchor' })
const viewer = () => open({ role: 'audience', roomId: 'r1' })
/** The tile of the stage is there, and its tag is drawn. */
const tileReady = async (part: Mounted) => {
  part.ready('.stage', '.tile')
  await settled()
}
const pusher = (part: Mounted) => part.all('wx-live-pusher')
const details = (part: Mounted, name: string) =>
  part.fired.filter(([event]) => event === name).map(([, detail]) => detail)

test('an anchor begins with the camera question, a viewer with the room, a returning anchor with his show', () => {
  expect(anchor().stage.calls).toEqual(['prepare'])
  expect(viewer().stage.calls).toEqual(['enter r1'])
  expect(open({ role: 'anchor', roomId: 'r9' }).stage.calls).toEqual(['resumeShow r9'])
  expect(open({ role: 'audience' }).stage.calls).toEqual([])
})

test('no camera tag is there before the permissions are (P85, M110)', async () => {
  const { part, stage, set } = anchor()
  expect(pusher(part)).toEqual([])
  await set(() => {
    stage.room.fault = { code: 'permission-camera', ...FAULTS['permission-camera'] }
  })
  expect(pusher(part)).toEqual([])
  expect(part.words()).toContain('Allow camera and microphone')
  await set(() => {
    stage.room.fault = null
    stage.room.publisher.active = true
  })
  await tileReady(part)
  expect(pusher(part)).toHaveLength(1)
  expect(part.words()).not.toContain('Allow camera and microphone')
})

test('the pusher is one node through every phase (P53)', async () => {
  const { part, stage, set } = anchor()
  await set(() => {
    stage.room.publisher.active = true
  })
  await tileReady(part)
  const [node] = pusher(part)
  for (const phase of ['opening', 'on-air', 'interrupted', 'on-air', 'suspended', 'on-air'] as const) {
    await set(() => {
      stage.room.room = ROOM
      stage.room.phase = phase
      stage.room.publisher.url = `rtmp://x/live/${phase}`
      stage.room.publisher.mode = phase === 'on-air' ? 'HD' : 'SD'
    })
    expect(pusher(part)).toEqual([node])
  }
  expect(stage.handles).toEqual({ attached: 1, withdrawn: 0 })
})

test('a tile that goes withdraws its handle, and the room ends with its component (M111)', async () => {
  const { part, stage, set } = anchor()
  await set(() => {
    stage.room.publisher.active = true
  })
  await tileReady(part)
  expect(stage.handles).toEqual({ attached: 1, withdrawn: 0 })
  await set(() => {
    stage.room.publisher.active = false
  })
  expect(stage.handles).toEqual({ attached: 1, withdrawn: 1 })
  part.detach()
  part.detach()
  expect(stage.calls.filter((call) => call === 'end')).toEqual(['end'])
})

test('after detach nothing reaches the component, not even what was already on its way (M111, P62)', async () => {
  const { part, stage } = anchor()
  const setData = jest.spyOn(part.instance, 'setData')
  stage.act(() => {
    stage.room.phase = 'on-air'
  })
  part.detach()
  stage.act(() => {
    stage.room.phase = 'ended'
    stage.room.closesAt = 5_000
  })
  await settled()
  expect(setData).not.toHaveBeenCalled()
  expect(stage.ticking).toBe(0)
})

test('page show and hide reach the model (M108)', () => {
  const { part, stage } = viewer()
  part.page('hide')
  part.page('show')
  expect(stage.calls).toEqual(['enter r1', 'hide', 'show'])
})

test('every event carries the room id (M105)', async () => {
  const { part, stage, set } = anchor()
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
  })
  await set(() => {
    stage.room.fault = { code: 'push-unstable', ...FAULTS['push-unstable'] }
  })
  const summary = { durationMs: 1000, totalViewers: 3, peakViewers: 2, likes: 5 }
  await set(() => {
    stage.room.summary = summary
    stage.room.phase = 'ended'
  })
  expect(details(part, 'created')).toEqual([{ roomId: 'r1' }])
  expect(details(part, 'state')).toEqual([
    { roomId: 'r1', phase: 'on-air' },
    { roomId: 'r1', phase: 'ended' },
  ])
  expect(details(part, 'error')).toEqual([
    expect.objectContaining({ roomId: 'r1', code: 'push-unstable', fatal: false, title: 'Your network is unstable' }),
  ])
  expect(details(part, 'ended')).toEqual([{ roomId: 'r1', reason: null, summary }])
})

test('the page hears what it needs to share a room, when it is known and when it changes (M129)', async () => {
  const { part, stage, set } = viewer()
  for (const room of [ROOM, { ...ROOM, version: 2 }, { ...ROOM, anchor: { userId: 'u1', name: 'Eve Adams' } }, null]) {
    await set(() => {
      stage.room.room = room
    })
  }
  expect(details(part, 'room')).toEqual([
    { roomId: 'r1', title: 'Tea', anchorName: 'Eve' },
    { roomId: 'r1', title: 'Tea', anchorName: 'Eve Adams' },
  ])
})

test('an anchor in mid-show is asked before it ends; staying changes nothing, a second tap does not end twice', async () => {
  const { part, stage, set } = anchor()
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
  })
  part.instance.exit()
  await settled()
  expect(part.words()).toContain('End this show?')
  part.instance.cardLeave()
  await settled()
  expect(part.words()).not.toContain('End this show?')
  part.instance.exit()
  await settled()
  part.instance.cardAction()
  await settled()
  part.instance.cardAction()
  expect(stage.calls.filter((call) => call === 'close')).toEqual(['close'])
  expect(details(part, 'exit')).toEqual([])
})

test('a viewer leaves at once', () => {
  const { part, stage } = viewer()
  part.instance.exit()
  expect(stage.calls).toEqual(['enter r1', 'leave'])
  expect(details(part, 'exit')).toHaveLength(1)
})

/** What the permission gate offers instead of the button of a card. */
const GATED: Partial<Record<keyof typeof FAULTS, string>> = {
  privacy: 'Agree and continue',
  'privacy-undeclared': 'Check again',
  'capability-account': 'Check again',
  'capability-library': 'Update WeChat to the latest version',
}

test.each(Object.keys(FAULTS) as (keyof typeof FAULTS)[])(
  'the fault %s is explained, with what to do (M113, M114)',
  async (code) => {
    const { part, stage, set } = viewer()
    const phase = FAULTS[code].fatal ? 'failed' : 'setup'
    await set(() => {
      stage.room.fault = { code, ...FAULTS[code], roomId: 'r7' }
      stage.room.phase = phase
    })
    const words = part.words()
    expect(words.length).toBeGreaterThan(20)
    expect(words).not.toMatch(/undefined|null|\[object/)
    const button = { retry: 'Try again', resume: 'Continue', 'open-settings': 'Open the settings', none: 'Leave' }
    expect(words).toContain(GATED[code] ?? button[FAULTS[code].remedy])
  },
)

test('a fault that is not fatal does not hide the show (M113)', async () => {
  const { part, stage, set } = viewer()
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
    stage.room.playback.active = true
    stage.room.fault = { code: 'network', ...FAULTS.network }
  })
  await tileReady(part)
  expect(part.all('wx-live-player')).toHaveLength(1)
  expect(part.words()).toContain('No connection')
  part.instance.barAction()
  expect(stage.calls).toContain('retry')
})

test('interrupted counts down, and the second hand stops with it', async () => {
  const { part, stage, set } = viewer()
  await set(() => {
    stage.room.room = { ...ROOM, state: 'interrupted' }
    stage.room.phase = 'interrupted'
    stage.room.closesAt = 44_000
  })
  expect(part.words()).toContain('Ends automatically in 00:43')
  expect(stage.ticking).toBe(1)
  await set(() => {
    stage.room.phase = 'on-air'
    stage.room.closesAt = null
  })
  expect(part.words()).not.toContain('Ends automatically')
  expect(stage.ticking).toBe(0)
})

test('the closing card has the figures of the show', async () => {
  const { part, stage, set } = viewer()
  await set(() => {
    stage.room.room = ROOM
    stage.room.summary = { durationMs: 65_000, totalViewers: 1234, peakViewers: 9, likes: 7 }
    stage.room.phase = 'ended'
  })
  expect(part.words().replace(/\s/g, '')).toContain('01:05Duration1.2kViewers7Likes')
})

test('where the tags cannot be shown, a placeholder says so and no tag is mounted', async () => {
  const { part, stage, set } = open({ role: 'audience', roomId: 'r1' }, false)
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
    stage.room.playback.active = true
  })
  expect(part.all('wx-live-player')).toEqual([])
  expect(part.words()).toContain('DevTools cannot show live-player')
})

test('older names of the anchor’s role are understood, and open no camera before start()', async () => {
  for (const role of ['presenter', 'caster']) {
    const { part, stage } = open({ role })
    expect([stage.room.role, stage.calls]).toEqual(['anchor', []])
    await part.instance.start()
    expect(stage.calls).toEqual(['start {"title":"My live show","cover":"coral"}'])
  }
})

test.each(['anchro', 'Anchor', 'constructor', 'publisher'])(
  'the unknown role %j watches with one warning, and opens no camera (M103)',
  (role) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})
    const { part, stage } = open({ role, roomId: 'r1' })
    expect([stage.room.role, stage.calls, pusher(part)]).toEqual(['audience', ['enter r1'], []])
    expect(warn.mock.calls).toEqual([[`live-room: unknown role "${role}", taking "audience"`]])
    warn.mockRestore()
  },
)

test.each([
  ['false', false],
  ['', false],
  ['true', true],
  ['muted', true],
  [true, true],
  [false, false],
])('the switch muted=%j is %j, given as text or not (M104)', (muted, on) => {
  const { stage } = open({ role: 'audience', roomId: 'r1', muted })
  expect(stage.calls.includes('setMuted true')).toBe(on)
})

test('what the page prefers reaches the publisher, and nothing else does (M104)', () => {
  const { stage } = open({ role: 'anchor', beauty: 0, quality: 'FHD', muted: true })
  expect(stage.calls).toEqual(['setBeauty 0', 'setMode FHD', 'setMuted true', 'setMuted true', 'prepare'])
})

test('a phone that draws its tags over everything gets plain controls, and the page is told once (P49)', async () => {
  const { part } = anchor()
  expect(part.all('wx-cover-view')).toEqual([])
  for (const _ of [1, 2]) await part.fire('.stage', 'rendererfailed')
  expect(part.all('wx-cover-view').length).toBeGreaterThan(0)
  expect(details(part, 'rendererror')).toEqual([{ roomId: '' }])
})

test('two taps on the picture are a like while there is a room', async () => {
  const { part, stage, set } = viewer()
  await part.fire('.stage', 'like')
  expect(stage.calls).toEqual(['enter r1'])
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
  })
  await part.fire('.stage', 'like')
  expect(stage.calls.filter((call) => call.startsWith('like'))).toEqual(['like 1'])
})

test('every barrage line is drawn with a name, the room’s own lines without (M120)', async () => {
  const { part, stage, set } = viewer()
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
  })
  part.ready('.barrage')
  stage.say([
    { kind: 'system', id: 's', event: 'back' },
    { kind: 'barrage', id: '1', userId: 'u', name: '', text: 'hello', mine: false },
  ])
  expect(part.words()).toContain('The host is back')
  expect(part.words()).toMatch(/Unnamed\s*hello/)
  // The room itself is told of none: it would be one setData more for every batch.
  await set(() => {
    stage.room.tally.lines = 1
  })
  expect(part.instance.data.lines).toBe(0)
})

test('the cover’s picture is chosen and removed on the setup screen, and drawn behind the show', async () => {
  const { part, stage, set } = anchor()
  await set(() => {
    stage.room.publisher.active = true
  })
  await part.fire('.start', 'choose')
  await part.fire('.start', 'remove')
  expect(stage.calls).toEqual(['prepare', 'choose picture', 'remove picture'])
  await set(() => {
    Object.assign(stage.room.picture, { path: '/tmp/cat.png', uploading: true, awaited: true })
  })
  expect(part.words()).toContain('Uploading cover')
  expect(part.words()).toContain('Going live')
  await set(() => {
    Object.assign(stage.room.picture, { path: '', uploading: false, awaited: false, problem: 'not-sent' })
  })
  expect(part.words()).toContain('Not uploaded. Pick it again')
  await set(() => {
    stage.room.room = { ...ROOM, coverFile: 'cloud://e.b/covers/u/1.jpg' }
    stage.room.phase = 'opening'
  })
  expect(part.attribute('src')).toContain('cloud://e.b/covers/u/1.jpg')
})

test('a viewer is offered no picture', () => {
  expect(viewer().part.instance.data.pictures).toBe(false)
})

test('the card of a show that the operator ended says so, to either side', async () => {
  for (const [open, words] of [
    [viewer, 'The operator has ended this show'],
    [anchor, 'The operator has ended your show'],
  ] as const) {
    const { part, stage, set } = open()
    await set(() => {
      stage.room.room = { ...ROOM, state: 'closed', reason: 'ended-by-operator' }
      stage.room.phase = 'ended'
    })
    expect(part.words()).toContain(words)
    expect(part.words()).not.toMatch(/Thanks for watching|Well done/)
  }
})

test('a notice stands among the barrage as a line of the room', async () => {
  const { part, stage, set } = viewer()
  await set(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
  })
  part.ready('.barrage')
  stage.say([{ kind: 'notice', id: 'n', text: 'Tea at five' }])
  expect(part.words()).toContain('Notice: Tea at five')
})

test('a fault has its code in small print; what somebody has decided about this user has none', async () => {
  for (const [code, printed] of [
    ['not-found', true],
    ['removed', false],
    ['banned', false],
  ] as const) {
    const { part, stage, set } = viewer()
    await set(() => {
      stage.room.fault = { code, ...FAULTS[code] }
      stage.room.phase = 'failed'
    })
    expect(part.words().includes(`Code ${code}`)).toBe(printed)
  }
})
