import { useEffect, useRef, useState } from 'preact/hooks'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { User } from '../../../miniprogram/protocol/room'
import type { Chat, ChatLine } from '../../../miniprogram/stores/room/chat'
import { isAboutSomebody } from '../../../miniprogram/stores/room/chat/lines'
import { Button } from '../button'
import { observed } from '../observed'
import { useWords } from '../use-words'
import { useLines } from './use-lines'

/** So near to the end (px) somebody reads the newest. */
const NEAR = 40

interface ChatPanelProps {
  chat: Chat
  /** Somebody in a line was pressed. */
  onPerson(user: User): void
  /** Whom the next line answers. */
  to: User | null
  onReplied(): void
}

/** Comments: read, written, answered. */
export const ChatPanel = observed<ChatPanelProps>(({ chat, onPerson, to, onReplied }) => {
  const { t, d } = useWords()
  const lines = useLines(chat)
  const list = useRef<HTMLOListElement>(null)
  const [behind, setBehind] = useState(false)
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight })
  useEffect(() => {
    if (!behind) toEnd()
  }, [lines])
  const scrolled = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = list.current ?? {}
    setBehind(scrollHeight - scrollTop - clientHeight > NEAR)
  }
  return (
    <div class="chat">
      <ol class="lines" ref={list} onScroll={scrolled} aria-label={t('chat.list')} aria-live="polite">
        {lines.length === 0 && <li class="hint">{d('chat.empty')}</li>}
        {lines.map((line) => (
          <Line key={line.id} line={line} chat={chat} onPerson={onPerson} />
        ))}
      </ol>
      {behind && (
        <Button label={d('chat.latest')} look="quiet" onPress={toEnd}>
          {d('chat.latest')}
        </Button>
      )}
      <Composer chat={chat} to={to} onReplied={onReplied} />
    </div>
  )
})

const Line = ({ line, chat, onPerson }: { line: ChatLine; chat: Chat; onPerson(user: User): void }) => {
  const { t, d } = useWords()
  const named = (name = '') => name || t('person.unnamed')
  if (line.kind === 'notice') return <li class="line notice">{t('line.notice', { text: line.text })}</li>
  if (line.kind === 'system') {
    const { event, name, count: n = 0 } = line
    const whom = { name: named(name) }
    if (event === 'joined' && n > 0) return <li class="line system">{t('line.joinedWith', { ...whom, n })}</li>
    return <li class="line system">{isAboutSomebody(event) ? t(`line.${event}`, whom) : t(`line.${event}`)}</li>
  }
  const { userId, name, text, mine, to, mention, failed, id } = line
  return (
    <li class="line" data-mine={mine} data-mention={mention}>
      <button
        type="button"
        class="who"
        aria-label={d('chat.actions', { name: named(name) })}
        disabled={mine}
        onClick={() => onPerson({ userId, name })}
      >
        {named(name)}
      </button>
      {to && <span class="to">{mention ? t('line.toMe') : t('line.to', { name: named(to.name) })}</span>}
      <span class="said">{text}</span>
      {failed && (
        <button type="button" class="again" onClick={() => chat.sendAgain(id)}>
          {t('chat.failed')}
        </button>
      )}
    </li>
  )
}

const Composer = observed<Pick<ChatPanelProps, 'chat' | 'to' | 'onReplied'>>(({ chat, to, onReplied }) => {
  const { t, d } = useWords()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (to) field.current?.focus()
  }, [to])
  const send = async () => {
    if (!(await chat.send(text, to))) return
    setText('')
    onReplied()
  }
  const { bar, notice } = chat
  const said =
    notice !== null
      ? t(`notice.${notice}`)
      : bar === 'offline'
        ? t('chat.connecting')
        : bar === 'muted-all'
          ? t('chat.mutedAll')
          : bar === 'muted'
            ? t('notice.muted')
            : ''
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {to && (
        <p class="replying">
          {t('chat.replyTo', { name: to.name || t('person.unnamed') })}
          <Button label={t('chat.noReply')} icon="close" look="round" onPress={onReplied} />
        </p>
      )}
      <p class="notice-line" role="status">
        {said}
      </p>
      <div class="row">
        <input
          ref={field}
          value={text}
          maxLength={LIMITS.barrageMax * 2}
          placeholder={t('chat.placeholder')}
          aria-label={d('chat.write')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button
          label={t('chat.send')}
          icon="send"
          look="primary"
          disabled={text.trim() === ''}
          onPress={() => void send()}
        />
      </div>
    </form>
  )
})
