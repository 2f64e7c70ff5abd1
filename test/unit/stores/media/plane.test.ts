import TRTC from 'trtc-wx-sdk'
import { type SeatMedia, TRTC_USER } from '../../../../miniprogram/protocol/link'
import { planeOf } from '../../../../miniprogram/stores/media/plane'
import fc from '../../../support/property'

const signed = { userSig: '', privateMapKey: '', expiresInMs: 1 }
const MEDIA: SeatMedia = { kind: 'trtc', sdkAppId: 1, strRoomId: 'r1', userId: 'me', ...signed }
const BOB = 't2e1_0123456789abcdef'
const CAROL = 't3e4_fedcba9876543210'
const urlOf = (userid: string) => `room://cloud.tencent.com/rtc?userid=${userid}&streamtype=main`
const users = (...userlist: object[]) => JSON.stringify({ userlist })
const picture = (userid: string, hasvideo: boolean, streamtype = 'main') =>
  users({ userid, streamtype, hasvideo, playurl: urlOf(userid) })
const sound = (userid: string, hasaudio: boolean) => users({ userid, hasaudio, playurl: urlOf(userid) })

test('by RTMP the server says who is to be seen, also a server that knows nothing else', () => {
  for (const media of [{ kind: 'rtmp' } as const, undefined]) {
    const plane = planeOf(media)
    expect([plane.heard(1031, users({ userid: BOB })), plane.senders]).toEqual([false, null])
  }
})

test('in a TRTC room the pusher says who comes, is seen, is heard, and goes', () => {
  const plane = planeOf(MEDIA)
  const bob = { seat: 2, epoch: 1, url: urlOf(BOB) }
  plane.heard(1031, users({ userid: BOB }, { userid: CAROL }))
  expect(plane.senders).toEqual([])
  plane.heard(1034, sound(BOB, true))
  expect(plane.senders).toEqual([bob])
  plane.heard(1033, picture(CAROL, true))
  expect(plane.senders).toEqual([bob, { seat: 3, epoch: 4, url: urlOf(CAROL) }])
  plane.heard(1033, picture(CAROL, false))
  expect(plane.senders).toEqual([bob])
  plane.heard(1032, users({ userid: BOB }))
  expect(plane.senders).toEqual([])
})

test('M83: what is no word about people, or about people of ours, changes nothing', () => {
  const plane = planeOf(MEDIA)
  expect(plane.heard(1002, users({ userid: BOB }))).toBe(false)
  for (const garbage of [
    '',
    'no',
    'null',
    '[]',
    '{}',
    '{"userlist":7}',
    '{"userlist":[null,7,{}]}',
    '{"userlist":{}}',
  ]) {
    plane.heard(1031, garbage)
    plane.heard(1033, garbage)
  }
  plane.heard(1031, users({ userid: 'recorder' }))
  plane.heard(1033, users({ userid: 'recorder', streamtype: 'main', hasvideo: true, playurl: urlOf('recorder') }))
  plane.heard(1031, users({ userid: BOB }))
  plane.heard(1033, picture(BOB, true, 'aux'))
  plane.heard(1033, users({ userid: BOB, streamtype: 'main', hasvideo: 'yes', playurl: 7 }))
  expect(plane.senders).toEqual([])
})

test("property: it is who Tencent's own SDK says, whatever the pusher has told, in any order", () => {
  Object.assign(globalThis, {
    wx: { createLivePusherContext: () => ({}), createLivePlayerContext: () => ({ stop() {} }) },
  })
  const who = fc.constantFrom(BOB, CAROL)
  const word = fc.oneof(
    fc.tuple(
      fc.constantFrom(1031, 1032),
      who.map((userid) => users({ userid })),
    ),
    fc.tuple(fc.constant(1031), fc.constant(users({ userid: BOB }, { userid: CAROL }))),
    fc.tuple(
      fc.constant(1033),
      fc.tuple(who, fc.boolean(), fc.constantFrom('main', 'aux')).map(([id, on, type]) => picture(id, on, type)),
    ),
    fc.tuple(
      fc.constant(1034),
      fc.tuple(who, fc.boolean()).map(([id, on]) => sound(id, on)),
    ),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const plane = planeOf(MEDIA)
      const theirs = new TRTC({}, { env: 'test' })
      for (const [code, message] of words) {
        plane.heard(code, message)
        theirs.pusherEventHandler({ detail: { code, message } })
      }
      const seen = theirs.getPlayerList().filter((one) => one.streamType === 'main' && (one.hasVideo || one.hasAudio))
      const ours = seen.map(({ userID, src }) => {
        const [, seat, epoch] = TRTC_USER.exec(userID) ?? []
        return { seat: Number(seat), epoch: Number(epoch), url: src }
      })
      const bySeat = (list: readonly { seat: number }[] | null) => [...(list ?? [])].sort((a, b) => a.seat - b.seat)
      expect(bySeat(plane.senders)).toEqual(bySeat(ours))
    }),
  )
})
