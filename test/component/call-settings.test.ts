import { type OldEvent, OlderPage } from '../../miniprogram/components/rtc-room/compat/older-page'
import { oldProps } from '../../miniprogram/components/rtc-room/compat/properties'
import { EVENTS, METHODS, PROPERTIES } from '../../miniprogram/components/rtc-room/compat/table'
import type { RtcRoomEvents } from '../../miniprogram/components/rtc-room/events'
import { props } from '../../miniprogram/components/rtc-room/props'
import { newCallOf, type Settings, settingsOf } from '../../miniprogram/components/rtc-room/settings'
import { callPicture } from '../../miniprogram/stores/rtc-room/call-picture'
import fc from '../support/property'

const DEFAULTS = Object.fromEntries(Object.entries(props).map(([name, { value }]) => [name, value]))
const UNSET = Object.fromEntries(Object.keys(PROPERTIES).map((name) => [name, null]))
const given = (set: Record<string, unknown>) => ({ ...DEFAULTS, ...UNSET, ...set })
const read = (set: Record<string, unknown>): Settings => settingsOf(given(set))

describe('what a page says', () => {
  test('nothing: a call of its own, with camera, microphone and everything drawn', () => {
    expect(read({})).toEqual({
      roomId: '',
      ringId: '',
      roomName: '',
      chrome: true,
      pureAudio: false,
      enableCamera: true,
      muted: false,
      picture: { quality: null, aspect: '3:4', minBitrate: null, maxBitrate: null },
      beauty: null,
      whiteness: null,
      orientation: 'vertical',
      debug: false,
      old: false,
    } satisfies Settings)
  })

  test.each(Object.entries(PROPERTIES))(
    '%s is understood as %s, and draws nothing over the page (M101)',
    (older, ours) => {
      expect(read({ [older]: 'a' })).toMatchObject({ [ours]: 'a', old: true, chrome: false })
      expect(read({ [older]: 'a', chrome: 'full' }).chrome).toBe(true)
      expect(read({ [older]: 'older', [ours]: 'ours' })).toMatchObject({ [ours]: 'ours' })
    },
  )

  test('switches given as text are read as text (M102)', () => {
    expect(read({ enableCamera: 'false', muted: 'true', pureAudio: '0' })).toMatchObject({
      enableCamera: false,
      muted: true,
      pureAudio: false,
    })
  })

  test('beauty goes from 0 to 9, as it always did in calls', () => {
    expect(read({ beauty: 5, roomID: 'r' }).beauty).toBe(5)
    expect(read({ beauty: 12 }).beauty).toBe(9)
    expect(read({ beauty: -1 }).beauty).toBeNull()
  })

  test('a new call takes what the form says, else the properties, else nothing that the server would refuse', () => {
    expect(newCallOf(given({ roomName: ' Desk ', seats: 3, record: 'true' }), {}, 'Call')).toEqual({
      title: 'Desk',
      seats: 3,
      record: true,
    })
    expect(newCallOf(given({ seats: 9, roomName: 'Desk' }), { title: 'Mine', endsWithOwner: true }, 'Call')).toEqual({
      title: 'Mine',
      endsWithOwner: true,
    })
    expect(newCallOf(given({}), { title: ' ' }, 'Call').title).toBe('Call')
  })

  test('whatever a page sets, it is read, and never throws', () => {
    const names = fc.constantFrom(...Object.keys(props), ...Object.keys(oldProps))
    fc.assert(
      fc.property(fc.dictionary(names, fc.anything()), (set) => {
        const { picture, beauty } = read(set)
        expect(['3:4', '9:16']).toContain(picture.aspect)
        expect(beauty === null || (beauty >= 0 && beauty <= 9)).toBe(true)
        newCallOf(given(set), {}, 'Call')
      }),
    )
  })
})

describe('the picture of a call', () => {
  test('is small, and its range is one', () => {
    expect(callPicture()).toEqual({ aspect: '3:4', width: 360, height: 480, minBitrate: 200, maxBitrate: 500 })
    expect(callPicture({ quality: 'SD' })).toMatchObject({ width: 240, height: 320 })
    expect(callPicture({ quality: 'SD', aspect: '9:16' })).toMatchObject({ width: 240, height: 426 })
    expect(callPicture({ minBitrate: 800, maxBitrate: 400 })).toMatchObject({ minBitrate: 400, maxBitrate: 400 })
  })
})

describe('a page written for the component of 2018 or 2020', () => {
  function page(opens = true) {
    const fired: [name: string, event: OldEvent][] = []
    const older = new OlderPage({
      opens: () => opens,
      now: () => 1000,
      fire: (name, event) => fired.push([name, event]),
    })
    const hear = <K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]) => older.hear(event, detail)
    /** What it heard under the name that it listens to. */
    const heard = () =>
      fired.filter(([name]) => name === EVENTS[0]).map(([, { tag, code, detail }]) => [tag, code, detail])
    return { fired, hear, heard }
  }
  const failure = (code: RtcRoomEvents['error']['code'], fatal: boolean, roomId = '') =>
    ({ roomId, code, fatal, remedy: 'none', title: 'No', advice: '', during: 'show' }) as const

  test('a line comes as JSON with the names of that time', () => {
    const { hear, heard, fired } = page()
    const line = { roomId: 'r', id: '1', userId: 'u', name: 'Ann', text: 'hi', mine: false, failed: false }
    hear('text', line)
    hear('text', { ...line, failed: true })
    const said = { roomID: 'r', userID: 'u', nickName: 'Ann', headPic: '', textMsg: 'hi', time: 1000 }
    expect(heard()).toEqual([['recvTextMsg', 0, JSON.stringify(said)]])
    // Under both names, each with our id.
    expect(fired.map(([name, { roomId, roomID }]) => [name, roomId, roomID])).toEqual(
      EVENTS.map((name) => [name, 'r', 'r']),
    )
  })

  test('the end is told once, and as an end', () => {
    const { hear, heard } = page()
    hear('ended', { roomId: 'r', reason: 'owner-left', durationMs: 5 })
    hear('left', { roomId: 'r' })
    expect(heard()).toEqual([['roomClosed', 0, '']])
  })

  test.each([
    ['full', true, -8],
    ['permission-camera', true, -7],
    ['permission-microphone', true, -7],
    ['device-camera', true, -4],
    ['device-microphone', true, -5],
    ['push-refused', true, -6],
    ['taken-over', true, -6],
    ['internal', true, -2],
    ['not-found', false, -3],
  ] as const)('%s is its number of that time', (code, opens, number) => {
    const { hear, heard } = page(opens)
    hear('error', failure(code, false))
    expect(heard()).toEqual([['error', number, 'No']])
  })

  test('it leaves on every error (M113), so trouble in a call that goes on is not told', () => {
    const { hear, heard } = page()
    hear('error', failure('push-unstable', false, 'r'))
    hear('error', failure('room-closed', true, 'r'))
    hear('error', failure('seat-lost', true, 'r'))
    expect(heard()).toEqual([
      ['roomClosed', 0, 'No'],
      ['error', -6, 'No'],
    ])
  })

  test('its methods have successors', () => {
    expect(Object.keys(METHODS)).toEqual(['sendTextMsg', 'toggleMuted', 'toggleDebug'])
  })
})
