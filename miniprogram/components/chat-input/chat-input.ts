import { reaction } from 'mobx-miniprogram'
import { formatDuration } from '../../locales/format'
import { localeOf, text } from '../../locales/index'
import { LIMITS, lengthOf } from '../../protocol/limits'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** The counter appears when this many characters are left. */
const NEAR = 20
const EMOJI = ['😊', '😂', '😍', '👍', '👏', '🎉', '🔥', '❤️', '🌹', '💪', '🤔', '😭'] as const

/** Why nothing can be written now, in the place of the invitation to write; '' when one can. */
function barOf({ room: { chat }, ui: { lang } }: RoomContext, now: number): string {
  if (chat.bar === 'offline') return text(lang, 'chat.connecting')
  if (chat.bar === 'muted-all') return text(lang, 'chat.mutedAll')
  if (chat.bar !== 'muted') return ''
  return text(lang, 'chat.muted', { time: formatDuration(Math.max(0, chat.mutedUntil - now)) })
}

/** What became of the last line, or ''. */
function noticeOf({ room: { chat }, ui: { lang } }: RoomContext, now: number): string {
  if (!chat.notice) return ''
  const wait = Math.ceil((chat.readyAt - now) / 1000)
  return wait > 0 ? text(lang, 'notice.wait', { n: wait }) : text(lang, `notice.${chat.notice}`)
}

/** Both texts follow the model, and the second hand while there is something to count down. */
function begin(instance: unknown, context: RoomContext): () => void {
  const { room, ui, kit } = context
  const part = instance as { data: { bar: string; notice: string }; setData(data: object): void }
  const draw = (): void => {
    const now = kit.clock.now()
    const [bar, notice] = [barOf(context, now), noticeOf(context, now)]
    if (bar !== part.data.bar || notice !== part.data.notice) part.setData({ bar, notice })
  }
  let stop = () => {}
  const end = reaction(
    () => [room.chat.bar, room.chat.notice, room.chat.readyAt, room.chat.mutedUntil, ui.lang] as const,
    ([, , readyAt, mutedUntil]) => {
      stop()
      stop = readyAt > 0 || mutedUntil > 0 ? kit.clock.every(1000, draw) : () => {}
      draw()
    },
    { fireImmediately: true },
  )
  return () => {
    end()
    stop()
  }
}

/**
 * Where a barrage line is written: trimmed text of 1 to LIMITS.barrageMax code points, to everybody or as an answer. What
 * was not taken comes back. Fires `keyboard {height}` (px), because the page does not move for the keyboard (P57): the
 * owner lifts what has to stay visible.
 */
Component({
  behaviors: [
    texts({
      placeholder: 'chat.placeholder',
      label: 'chat.label',
      send: 'chat.send',
      noReply: 'chat.noReply',
      emoji: 'chat.emoji',
      flying: 'chat.flying',
    }),
    roomPart(
      ({ room, ui }) => ({
        shut: () => room.chat.bar === 'muted' || room.chat.bar === 'muted-all',
        reply: () =>
          ui.replyTo ? text(ui.lang, 'chat.replyTo', { name: ui.replyTo.name || text(ui.lang, 'person.unnamed') }) : '',
        flies: () => ui.flying,
      }),
      begin,
    ),
  ],
  data: {
    value: '',
    left: '',
    over: false,
    ready: false,
    focused: false,
    /** Nothing can be written: see `bar`. */
    shut: false,
    bar: '',
    notice: '',
    reply: '',
    flies: true,
    faces: [] as { id: string; label: string }[],
  },
  methods: {
    input(e: WechatMiniprogram.Input) {
      this.accept(e.detail.value)
    },
    accept(value: string) {
      const locale = localeOf(this.data.locale)
      const left = LIMITS.barrageMax - lengthOf(value.trim())
      const hint = left < 0 ? text(locale, 'chat.over', { n: -left }) : text(locale, 'chat.count', { n: left })
      this.setData({ value, left: left <= NEAR ? hint : '', over: left < 0, ready: left >= 0 && value.trim() !== '' })
    },
    async submit() {
      if (!this.data.ready || this.data.shut) return
      const { room, ui } = contextOf(this)
      const line = this.data.value.trim()
      const to = ui.replyTo
      this.accept('')
      const taken = await room.chat.send(line, to)
      if (!taken && this.data.value === '') this.accept(line)
      else if (taken && ui.replyTo === to) ui.reply(null)
    },
    dropReply() {
      contextOf(this).ui.reply(null)
    },
    toggleFaces() {
      const locale = localeOf(this.data.locale)
      const faces = EMOJI.map((id) => ({ id, label: text(locale, 'chat.insert', { emoji: id }) }))
      this.setData({ faces: this.data.faces.length > 0 ? [] : faces })
    },
    insert({ currentTarget }: WechatMiniprogram.TouchEvent<never, never, { id: string }>) {
      const face = EMOJI.find((known) => known === currentTarget.dataset.id)
      if (face && !this.data.shut) this.accept(this.data.value + face)
    },
    toggleFlight() {
      const { ui } = contextOf(this)
      ui.fly(!ui.flying)
    },
    focus(e: WechatMiniprogram.InputFocus) {
      this.setData({ focused: true })
      this.triggerEvent('keyboard', { height: e.detail.height || 0 })
    },
    blur() {
      this.setData({ focused: false })
      this.triggerEvent('keyboard', { height: 0 })
    },
    keyboard(e: WechatMiniprogram.InputKeyboardHeightChange) {
      this.triggerEvent('keyboard', { height: e.detail.height })
    },
  },
})
