import { formatCount, initialOf } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { RoomSummary } from '../../protocol/room'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { PK_MINUTES, type Pk } from '../../stores/live-room/pk/pk'
import { wordsOf } from '../room/card'
import { contextOf, roomPart } from '../shared/room-part'
import { SecondHand } from '../shared/second-hand'
import { texts } from '../shared/texts'

/** A show that could be asked, as a row. */
interface Row {
  id: string
  name: string
  heading: string
  initial: string
  cover: string
  label: string
}

const nameOf = (lang: Locale, name: string) => name || text(lang, 'person.unnamed')

function rowOf(lang: Locale, { room, counts }: RoomSummary): Row {
  const name = nameOf(lang, room.anchor.name)
  const label = text(lang, 'pk.inviteLabel', { name, n: formatCount(lang, counts.viewers) })
  return { id: room.roomId, name, heading: room.title, initial: initialOf(name), cover: room.cover, label }
}

/** What the PK is at, in words; nothing while there is none. */
function stateOf(pk: Pk, lang: Locale, second: Pick<SecondHand, 'now' | 'secondsTo'>) {
  const { view } = pk
  if (!view) return { kind: '', heading: '', hint: '' }
  const name = nameOf(lang, view.rival.anchor.name)
  const n = second.secondsTo(pk.endsAt ?? 0)
  if (view.state === 'on') return { kind: 'on', heading: text(lang, 'pk.on', { name }), hint: view.rival.title }
  if (view.state === 'asked') {
    return { kind: 'asked', heading: text(lang, 'pk.asked', { name }), hint: text(lang, 'pk.askedHint', { n }) }
  }
  return { kind: 'invited', heading: text(lang, 'pk.invited', { name }), hint: text(lang, 'pk.invitedHint', { n }) }
}

/** An anchor's panel for a PK: whom to ask and for how long, the question under way, and its end. */
Component({
  behaviors: [
    texts({
      title: 'pk.title',
      length: 'pk.length',
      rivals: 'pk.rivals',
      invite: 'pk.invite',
      loading: 'pk.loading',
      emptyTitle: 'pk.emptyTitle',
      emptyHint: 'pk.emptyHint',
      errorTitle: 'pk.errorTitle',
      retry: 'common.retry',
      takeBack: 'pk.takeBack',
      accept: 'pk.accept',
      refuse: 'pk.refuse',
      end: 'pk.end',
    }),
    roomPart<LiveRoom>(
      ({ room: { pk }, ui, kit }, onEnd) => {
        const second = new SecondHand(kit.clock, () => pk.endsAt !== null)
        onEnd(() => second.end())
        return {
          lang: () => ui.lang,
          busy: () => pk.busy,
          state: () => stateOf(pk, ui.lang, second),
          list: () => pk.rivals.state,
          rows: () => pk.rivals.shows.map((show) => rowOf(ui.lang, show)),
          problem: () => (pk.problem ? wordsOf(ui.lang, pk.problem).title : ''),
          lengths: () =>
            PK_MINUTES.map((n) => ({
              n,
              words: text(ui.lang, 'pk.minutes', { n }),
              plain: text(ui.lang, 'pk.lengthLabel', { n }),
              chosen: text(ui.lang, 'pk.lengthChosen', { n }),
            })),
        }
      },
      (_, { room }) => {
        room.pk.rivals.refresh()
        return () => room.pk.forget()
      },
    ),
  ],
  data: {
    lang: '',
    minutes: PK_MINUTES[1] as number,
    busy: false,
    state: { kind: '', heading: '', hint: '' },
    list: 'loading',
    rows: [] as Row[],
    problem: '',
    lengths: [] as { n: number; words: string; plain: string; chosen: string }[],
  },
  methods: {
    choose({ currentTarget }: WechatMiniprogram.TouchEvent<never, never, { n: number }>) {
      this.setData({ minutes: currentTarget.dataset.n })
    },
    invite({ currentTarget }: WechatMiniprogram.TouchEvent<never, never, { id: string }>) {
      contextOf<LiveRoom>(this).room.pk.invite(currentTarget.dataset.id, this.data.minutes)
    },
    look() {
      contextOf<LiveRoom>(this).room.pk.rivals.refresh()
    },
    accept() {
      contextOf<LiveRoom>(this).room.pk.accept()
    },
    refuse() {
      contextOf<LiveRoom>(this).room.pk.refuse()
    },
    end() {
      contextOf<LiveRoom>(this).room.pk.end()
    },
    close() {
      contextOf<LiveRoom>(this).ui.open(null)
    },
  },
})
