import { type Key, type Locale, text } from '../../locales/index'
import type { User } from '../../protocol/room'
import { MUTES } from '../../stores/room/people/people'
import { rolesOf, sanctionOf } from '../people-sheet/rows'
import { faceOf } from '../shared/person'
import { problemOf } from '../shared/problem'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

type Done = Extract<Key, `person.done.${string}`>

/** What this user may do with the person whom the sheet is about, at this moment. */
export interface Choices {
  /** Reply, report. */
  other: boolean
  invite: boolean
  kick: boolean
  order: boolean
  office: boolean
  muted: boolean
  banned: boolean
  admin: boolean
}

const NO_CHOICES: Choices = {
  other: false,
  invite: false,
  kick: false,
  order: false,
  office: false,
  muted: false,
  banned: false,
  admin: false,
}
const NOBODY = { id: '', name: '', initial: '', cover: 'graphite' }

function choicesOf({ room, kit }: RoomContext, { userId }: User): Choices {
  const { people, desk } = room
  const view = room.room
  if (!view) return NO_CHOICES
  const { order, office, invite } = people.rightsOver(userId)
  const sanctioned = people.sanctions.of(userId)
  const waits = [...desk.requests, ...desk.invitations].some(({ link }) => link.user.userId === userId)
  return {
    other: userId !== kit.session.me?.userId,
    invite: invite && !waits && !sanctioned?.banned,
    kick: desk.mine && userId !== view.anchor.userId && view.seats.some(({ user }) => user?.userId === userId),
    order,
    office: office && !sanctioned?.banned,
    muted: (sanctioned?.mutedUntil ?? 0) > kit.clock.now(),
    banned: sanctioned?.banned ?? false,
    admin: view.admins.includes(userId),
  }
}

/** One person: to answer him, to invite him on stage, to keep order, to report him. */
Component({
  behaviors: [
    texts({
      viewer: 'people.viewer',
      reply: 'person.reply',
      invite: 'person.invite',
      kick: 'person.kick',
      mute: 'person.mute',
      muteHow: 'person.muteHow',
      unmute: 'person.unmute',
      remove: 'person.remove',
      ban: 'person.ban',
      unban: 'person.unban',
      banBody: 'person.banBody',
      banSure: 'person.banSure',
      makeAdmin: 'person.makeAdmin',
      unmakeAdmin: 'person.unmakeAdmin',
      report: 'person.report',
      working: 'person.working',
      cancel: 'common.cancel',
    }),
    roomPart(
      (context) => {
        const { room, ui, kit } = context
        const { people, desk } = room
        const about = (): User => ui.person ?? { userId: '', name: '' }
        return {
          face: () => faceOf(ui.lang, about()),
          roles: () => (room.room ? rolesOf(ui.lang, room.room, about().userId, kit.session.me?.userId ?? '') : ''),
          sanction: () => sanctionOf(ui.lang, people.sanctions.of(about().userId), kit.clock.now()),
          can: () => choicesOf(context, about()),
          busy: () => people.isBusy(about().userId),
          problem: () =>
            problemOf(ui.lang, people.problem?.userId === about().userId ? people.problem.fault : desk.problem),
          banTitle: () => text(ui.lang, 'person.banTitle', { name: faceOf(ui.lang, about()).name }),
          lengths: () => MUTES.map((seconds) => ({ seconds, words: lengthOf(ui.lang, seconds) })),
        }
      },
      (_, { room: { people, desk } }) => {
        if (people.mine) people.sanctions.refresh()
        return () => {
          people.forget()
          desk.forget()
        }
      },
    ),
  ],
  data: {
    face: NOBODY,
    roles: '',
    sanction: '',
    can: NO_CHOICES,
    busy: false,
    problem: '',
    banTitle: '',
    lengths: [] as { seconds: number; words: string }[],
    /** The question that is open. */
    asking: '' as '' | 'mute' | 'ban',
    acting: false,
    done: '',
  },
  methods: {
    reply() {
      const { ui } = contextOf(this)
      if (ui.person) ui.reply(ui.person)
    },
    report() {
      const { ui, room, tell } = contextOf(this)
      if (!ui.person) return
      tell('report', { roomId: room.room?.roomId ?? '', ...ui.person })
      ui.open(null)
    },
    invite() {
      const { room, ui } = contextOf(this)
      const { person } = ui
      if (person) this.act('person.done.invite', () => room.desk.invite(person))
    },
    kick() {
      this.act('person.done.kick', (id) => contextOf(this).room.desk.kick(id))
    },
    askMute() {
      this.setData({ asking: 'mute', done: '' })
    },
    mute({ currentTarget: { dataset } }: WechatMiniprogram.TouchEvent<never, never, { seconds: number }>) {
      this.act('person.done.mute', (id) => contextOf(this).room.people.mute(id, dataset.seconds))
    },
    unmute() {
      this.act('person.done.unmute', (id) => contextOf(this).room.people.mute(id, 0))
    },
    remove() {
      this.act('person.done.remove', (id) => contextOf(this).room.people.remove(id))
    },
    askBan() {
      this.setData({ asking: 'ban', done: '' })
    },
    ban() {
      this.act('person.done.ban', (id) => contextOf(this).room.people.ban(id, true))
    },
    unban() {
      this.act('person.done.unban', (id) => contextOf(this).room.people.ban(id, false))
    },
    setAdmin() {
      const { admin } = this.data.can
      this.act('person.done.admin', (id) => contextOf(this).room.people.setAdmin(id, !admin))
    },
    askNothing() {
      this.setData({ asking: '' })
    },
    /** One act at a time (M122); what was done is said when the server has said so. */
    async act(done: Done, deed: (userId: string) => Promise<void>) {
      const { room, ui } = contextOf(this)
      const { busy, acting, face } = this.data
      if (busy || acting || !face.id) return
      this.setData({ acting: true, asking: '', done: '' })
      await deed(face.id)
      const failed = room.people.problem?.userId === face.id || room.desk.problem !== null
      this.setData({ acting: false, done: failed ? '' : text(ui.lang, done) })
    },
    close() {
      contextOf(this).ui.back()
    },
  },
})

function lengthOf(lang: Locale, seconds: number): string {
  if (seconds < 3600) return text(lang, 'people.minutes', { n: seconds / 60 })
  return text(lang, 'people.hours', { n: seconds / 3600 })
}
