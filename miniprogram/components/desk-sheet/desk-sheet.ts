import { text } from '../../locales/index'
import { LIMITS, lengthOf } from '../../protocol/limits'
import { problemOf } from '../shared/problem'
import { contextOf, roomPart } from '../shared/room-part'
import { SecondHand } from '../shared/second-hand'
import { texts } from '../shared/texts'
import { type SeatRow, seatRows, type WaitingRow, waitingRow } from './rows'

const REASONS = ['busy', 'later', 'topic'] as const

type Tap<T extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.TouchEvent<never, never, T>

/** The stage in the hands of the anchor and the admins: who asks, who was invited, and who is on which seat. */
Component({
  behaviors: [
    texts({
      title: 'link.desk',
      requests: 'desk.requests',
      none: 'desk.requests.none',
      accept: 'desk.accept',
      reject: 'desk.reject',
      full: 'desk.full',
      why: 'desk.reason',
      rejectNow: 'desk.reject.send',
      invited: 'desk.invited',
      uninvite: 'desk.uninvite',
      invite: 'desk.invite',
      seats: 'desk.seats',
      kick: 'desk.kick',
      lock: 'desk.lock',
      unlock: 'desk.unlock',
    }),
    roomPart(
      ({ room, ui, kit }, onEnd) => {
        const { desk } = room
        const second = new SecondHand(kit.clock, () => desk.requests.length + desk.invitations.length > 0)
        onEnd(() => second.end())
        return {
          waiting: () => desk.requests.map((each) => waitingRow(ui.lang, each, second)),
          asked: () => desk.invitations.map((each) => waitingRow(ui.lang, each, second)),
          seats: () => seatRows(ui.lang, room.room),
          full: () => desk.freeSeats === 0,
          problem: () => problemOf(ui.lang, desk.problem),
          reasons: () => REASONS.map((id) => text(ui.lang, `desk.reason.${id}`)),
        }
      },
      (_, { room }) =>
        () =>
          room.desk.forget(),
    ),
  ],
  data: {
    waiting: [] as WaitingRow[],
    asked: [] as WaitingRow[],
    seats: [] as SeatRow[],
    full: false,
    problem: '',
    reasons: [] as string[],
    /** The request that is about to be rejected, and why. */
    rejecting: '',
    reason: '',
    over: '',
    lift: 0,
    /** The seat that an act is under way about; 0: none. */
    acting: 0,
  },
  methods: {
    accept({ currentTarget: { dataset } }: Tap<{ id: string }>) {
      const row = this.data.waiting.find(({ linkId }) => linkId === dataset.id)
      if (row && !row.busy && !this.data.full) contextOf(this).room.desk.accept(dataset.id)
    },
    /** Asks for a reason first; a second tap takes the question back. */
    ask({ currentTarget: { dataset } }: Tap<{ id: string }>) {
      this.setData({ rejecting: dataset.id === this.data.rejecting ? '' : dataset.id, reason: '', over: '' })
    },
    choose({ currentTarget: { dataset } }: Tap<{ words: string }>) {
      this.write(dataset.words === this.data.reason ? '' : dataset.words)
    },
    input({ detail }: WechatMiniprogram.Input) {
      this.write(detail.value)
    },
    write(reason: string) {
      const n = lengthOf(reason.trim()) - LIMITS.reasonMax
      this.setData({ reason, over: n > 0 ? text(contextOf(this).ui.lang, 'desk.reason.over', { n }) : '' })
    },
    reject() {
      const { rejecting, over } = this.data
      const reason = this.data.reason.trim()
      const row = this.data.waiting.find(({ linkId }) => linkId === rejecting)
      if (!row || row.busy || over) return
      this.setData({ rejecting: '', reason: '' })
      contextOf(this).room.desk.reject(rejecting, ...(reason ? [reason] : []))
    },
    uninvite({ currentTarget: { dataset } }: Tap<{ id: string }>) {
      const row = this.data.asked.find(({ linkId }) => linkId === dataset.id)
      if (row && !row.busy) contextOf(this).room.desk.uninvite(dataset.id)
    },
    invite() {
      contextOf(this).ui.open('people')
    },
    mic({ currentTarget: { dataset } }: Tap<{ seat: number }>) {
      this.act(dataset.seat, ({ seat, micOff, cameraOff }) =>
        contextOf(this).room.desk.quiet(seat, { mic: !micOff, camera: cameraOff }),
      )
    },
    camera({ currentTarget: { dataset } }: Tap<{ seat: number }>) {
      this.act(dataset.seat, ({ seat, micOff, cameraOff }) =>
        contextOf(this).room.desk.quiet(seat, { mic: micOff, camera: !cameraOff }),
      )
    },
    kick({ currentTarget: { dataset } }: Tap<{ seat: number }>) {
      this.act(dataset.seat, ({ id }) => contextOf(this).room.desk.kick(id))
    },
    lock({ currentTarget: { dataset } }: Tap<{ seat: number }>) {
      this.act(dataset.seat, ({ seat, locked }) => contextOf(this).room.desk.lock(seat, !locked))
    },
    /** One act about the seats at a time (M122). */
    async act(seat: number, deed: (row: SeatRow) => Promise<void>) {
      const row = this.data.seats.find((each) => each.seat === seat)
      if (!row || this.data.acting) return
      this.setData({ acting: seat })
      await deed(row)
      this.setData({ acting: 0 })
    },
    keyboard({ detail }: WechatMiniprogram.InputKeyboardHeightChange) {
      this.setData({ lift: detail.height })
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
