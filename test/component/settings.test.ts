import { oldNames } from '../../miniprogram/components/live-room/compat/properties'
import { PROPERTIES, ROLES } from '../../miniprogram/components/live-room/compat/table'
import { props } from '../../miniprogram/components/live-room/props'
import { newRoomOf, type Settings, settingsOf } from '../../miniprogram/components/live-room/settings'

const DEFAULTS = Object.fromEntries(Object.entries(props).map(([name, { value }]) => [name, value]))
const UNSET = Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, null]))
/** What a component holds when a page sets just these. */
const given = (set: Record<string, unknown>) => ({ ...DEFAULTS, ...UNSET, ...set })
const read = (set: Record<string, unknown>): Settings => settingsOf(given(set))

let warnings: string[]
beforeEach(() => {
  warnings = []
  jest.spyOn(console, 'warn').mockImplementation((words: string) => warnings.push(words))
})
afterEach(() => jest.restoreAllMocks())

test('a page that says nothing watches, with everything drawn and nothing of the older API', () => {
  expect(read({})).toEqual({
    role: 'audience',
    roomId: '',
    roomName: '',
    chrome: true,
    pureAudio: false,
    beauty: null,
    whiteness: null,
    muted: false,
    quality: null,
    orientation: 'vertical',
    debug: false,
    old: false,
  } satisfies Settings)
  expect(warnings).toEqual([])
})

const SAMPLE: Record<string, unknown> = { roomId: 'r1', roomName: 'Tea', pureAudio: true }

test.each(Object.entries(PROPERTIES))('%s is understood as %s, and warned about once (M99, M101)', (older, ours) => {
  const value = SAMPLE[ours]
  expect(read({ [older]: value })).toMatchObject({ [ours]: value, old: true })
  read({ [older]: value })
  expect(warnings.filter((words) => words.includes(`${older} is`)).length).toBeLessThanOrEqual(1)
})

test.each(Object.keys(PROPERTIES))('%s tells an older page even when it is empty', (older) => {
  expect(read({ [older]: '' }).old).toBe(true)
  expect(oldNames(given({ [older]: undefined }))).toEqual([])
})

test('of two spellings the documented one wins: ours, then the one of the old documents, then that of its code', () => {
  expect(read({ roomId: 'ours', roomID: 'documents', roomid: 'code' }).roomId).toBe('ours')
  expect(read({ roomid: 'code', roomID: 'documents' }).roomId).toBe('documents')
  expect(read({ roomid: 'code', roomID: '' }).roomId).toBe('code')
  expect(read({ roomName: 'ours', roomInfo: 'documents', roomname: 'code' }).roomName).toBe('ours')
  expect(read({ roomInfo: 'documents', roomname: 'code' }).roomName).toBe('documents')
})

test.each([
  ...Object.entries(ROLES),
  ['anchor', 'anchor'],
  ['audience', 'audience'],
  ['', 'audience'],
  ['host', 'audience'],
])('the role %j is %s', (said, meant) => {
  const { role, old } = read({ role: said })
  expect([role, old]).toEqual([meant, said in ROLES])
})

test('an unknown role is warned about, a role that is not known yet is not', () => {
  read({ role: 'boss' })
  read({ role: '' })
  expect(warnings).toEqual(['live-room: unknown role "boss", taking "audience"'])
})

test.each([
  ['true', true],
  ['false', false],
  ['0', false],
  ['', false],
  [' No ', false],
  ['1', true],
  [true, true],
  [false, false],
  [null, false],
  [{}, false],
])('switches given as %j are %s', (value, on) => {
  expect(read({ muted: value, debug: value, pureAudio: value })).toMatchObject({ muted: on, debug: on, pureAudio: on })
  expect(read({ pureaudio: value }).pureAudio).toBe(on)
})

test.each([
  [0, 0],
  [1, 2],
  [2.5, 5],
  [3, 5],
  [5, 9],
  ['5', 9],
  [6, 6],
  [9, 9],
  [40, 9],
])('beauty %j of an older page is %i: up to 5 it means fifths', (value, level) => {
  expect(read({ roomid: '', beauty: value, whiteness: value })).toMatchObject({ beauty: level, whiteness: level })
})

test.each([
  [0, 0],
  [5, 5],
  [9, 9],
  [12, 9],
  [-1, null],
  ['x', null],
  [Number.NaN, null],
  [null, null],
])('beauty %j of any other page is %j', (value, level) => {
  expect(read({ beauty: value }).beauty).toBe(level)
})

test('an older page draws its own controls, unless it asks for ours', () => {
  expect(read({ roomid: 'r1' }).chrome).toBe(false)
  expect(read({ roomid: 'r1', chrome: 'full' }).chrome).toBe(true)
  expect(read({ chrome: 'none' }).chrome).toBe(false)
  expect(read({ chrome: 'something' }).chrome).toBe(true)
})

test.each(['SD', 'HD', 'FHD'])('quality %s is taken, anything else leaves the default', (quality) => {
  expect(read({ quality }).quality).toBe(quality)
  expect(read({ quality: `${quality}x` }).quality).toBeNull()
})

test('a new room is what the form says, else what the properties say, else neutral (M102)', () => {
  const page = given({
    roomName: 'Tea',
    cover: 'jade',
    notice: 'Hello',
    tags: ['a'],
    seats: 2,
    lowLatency: 3,
    record: 'true',
  })
  const whole = { title: 'Tea', cover: 'jade', notice: 'Hello', tags: ['a'], seats: 2, lowLatency: 3, record: true }
  expect(newRoomOf(page, {}, 'Untitled')).toEqual(whole)
  expect(newRoomOf(page, { title: 'Cake', seats: 0 }, 'Untitled')).toEqual({ ...whole, title: 'Cake', seats: 0 })
  expect(newRoomOf(given({}), {}, 'Untitled')).toEqual({ title: 'Untitled', cover: 'coral' })
  expect(newRoomOf(given({ roomname: 'Old tea' }), {}, 'Untitled').title).toBe('Old tea')
})

test('a new room asks for nothing that the server would refuse by its shape', () => {
  const odd = given({ cover: 'pink', tags: ['a', 1, null], seats: 99, lowLatency: -1, record: 'no', notice: 7 })
  expect(newRoomOf(odd, {}, 'Untitled')).toEqual({ title: 'Untitled', cover: 'coral', notice: '7', tags: ['a'] })
})
