import { reaction } from 'mobx-miniprogram'
import { formatCount } from '../../locales/format'
import { text } from '../../locales/index'
import type { User } from '../../protocol/room'
import { problemOf } from '../shared/problem'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'
import { type PersonRow, patchOf, personRows, sanctionRows } from './rows'

type Tap = WechatMiniprogram.TouchEvent<never, never, { id: string }>

interface Part {
  data: { rows: readonly PersonRow[] }
  setData(data: Record<string, unknown>): void
}

const meOf = ({ kit }: RoomContext): string => kit.session.me?.userId ?? ''

/** Draws the list by what has changed of it. */
const drawRows = (part: Part, context: RoomContext): (() => void) =>
  reaction(
    () => personRows(context.ui.lang, context.room.room, context.room.people.members.items, meOf(context)),
    (rows) => {
      const patch = patchOf(part.data.rows, rows)
      if (Object.keys(patch).length > 0) part.setData(patch)
    },
    { fireImmediately: true },
  )

/**
 * Who is here: the host, who is on stage, who watches, page by page. Whoever keeps order sees as well who is muted or
 * banned, and can mute everybody. A tap on somebody opens the sheet about him.
 */
Component({
  behaviors: [
    texts({
      title: 'people.title',
      sanctioned: 'people.sanctioned',
      loading: 'people.loading',
      more: 'people.more',
      error: 'people.error',
      errorHint: 'people.errorHint',
      retry: 'common.retry',
      none: 'people.noSanctions',
      noneHint: 'people.noSanctionsHint',
      empty: 'people.empty',
      emptyHint: 'people.emptyHint',
      muteAll: 'people.muteAll',
      muteAllHint: 'people.muteAllHint',
      allMuted: 'people.allMuted',
      on: 'people.muteAll.on',
      off: 'people.muteAll.off',
      lift: 'people.lift',
    }),
    roomPart(
      ({ room, ui, kit }) => {
        const { people } = room
        const { members, sanctions } = people
        return {
          mine: () => people.mine,
          watching: () => `${text(ui.lang, 'people.watching')} ${formatCount(ui.lang, room.counts.viewers)}`,
          list: () => members.state,
          nobody: () => members.state === 'empty',
          paging: () => members.hasMore && members.busy,
          forbidden: () => sanctions.state,
          sanctions: () =>
            sanctionRows(ui.lang, sanctions.people, kit.clock.now()).map((row) => ({
              ...row,
              busy: people.isBusy(row.id),
            })),
          muteAll: () => people.muteAll,
          muting: () => people.isBusy(),
          problem: () => problemOf(ui.lang, people.problem?.fault),
        }
      },
      (instance, context) => {
        const { people } = context.room
        people.members.refresh()
        if (people.mine) people.sanctions.refresh()
        const undraw = drawRows(instance as Part, context)
        return () => {
          undraw()
          people.forget()
        }
      },
    ),
  ],
  data: {
    mine: false,
    watching: '',
    tab: 'watching',
    rows: [] as readonly PersonRow[],
    list: 'loading',
    nobody: false,
    paging: false,
    forbidden: 'none',
    sanctions: [] as (PersonRow & { busy: boolean })[],
    muteAll: false,
    muting: false,
    problem: '',
  },
  methods: {
    choose({ currentTarget: { dataset } }: Tap) {
      this.setData({ tab: dataset.id })
      if (dataset.id === 'sanctioned') contextOf(this).room.people.sanctions.refresh()
    },
    look() {
      const { members, sanctions } = contextOf(this).room.people
      if (this.data.tab === 'watching') members.refresh()
      else sanctions.refresh()
    },
    more() {
      contextOf(this).room.people.members.more()
    },
    open({ currentTarget: { dataset } }: Tap) {
      const user = this.userOf(dataset.id)
      if (user) contextOf(this).ui.about(user)
    },
    /** Lets somebody write, and come in, again. */
    lift({ currentTarget: { dataset } }: Tap) {
      const { people } = contextOf(this).room
      const found = people.sanctions.of(dataset.id)
      if (!found || people.isBusy(dataset.id)) return
      if (found.banned) people.ban(dataset.id, false)
      else people.mute(dataset.id, 0)
    },
    toggleMuteAll() {
      const { people } = contextOf(this).room
      if (!people.isBusy()) people.setMuteAll(!people.muteAll)
    },
    close() {
      contextOf(this).ui.open(null)
    },
    userOf(id: string): User | undefined {
      const { room, people } = contextOf(this).room
      const seated = room?.seats.flatMap(({ user }) => user ?? []) ?? []
      const everybody = [...(room ? [room.anchor] : []), ...seated, ...people.members.items]
      return everybody.find(({ userId }) => userId === id) ?? people.sanctions.of(id)?.user
    },
  },
})
