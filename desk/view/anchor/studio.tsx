import { useState } from 'preact/hooks'
import { formatCount, formatDuration } from '../../../miniprogram/locales/format'
import type { User } from '../../../miniprogram/protocol/room'
import type { AnchorShow } from '../../model/anchor-show'
import { Button } from '../button'
import { Dialog } from '../dialog'
import { FaultNote } from '../fault-note'
import { observed } from '../observed'
import { ChatPanel } from '../panels/chat-panel'
import { PeoplePanel } from '../panels/people-panel'
import { PersonDialog } from '../panels/person-dialog'
import { StagePanel } from '../panels/stage-panel'
import { Tabs } from '../tabs'
import { useWords } from '../use-words'

/** Beside the picture of a show on air: what is said, who wants to come, who is here. */
export const ShowSide = observed<{ show: AnchorShow }>(({ show: { room } }) => {
  const { d } = useWords()
  const [person, setPerson] = useState<User | null>(null)
  const [to, setTo] = useState<User | null>(null)
  const reply = (user: User) => {
    setPerson(null)
    setTo(user)
  }
  const chat = <ChatPanel chat={room.chat} to={to} onReplied={() => setTo(null)} onPerson={setPerson} />
  const guests = <StagePanel desk={room.desk} seats={room.room?.seats ?? []} />
  const people = <PeoplePanel people={room.people} viewers={room.counts.viewers} onPerson={setPerson} />
  return (
    <>
      <Tabs
        label={d('studio.side')}
        tabs={[
          { id: 'chat', label: d('studio.chat'), icon: 'chat', body: chat },
          { id: 'link', label: d('studio.link'), icon: 'link', badge: room.desk.requests.length, body: guests },
          { id: 'people', label: d('studio.people'), icon: 'people', body: people },
        ]}
      />
      {person && (
        <PersonDialog
          user={person}
          people={room.people}
          desk={room.desk}
          onReply={reply}
          onClose={() => setPerson(null)}
        />
      )}
    </>
  )
})

/** Ends the show, once somebody has said yes. */
export const EndButton = observed<{ show: AnchorShow }>(({ show: { room } }) => {
  const { t, d } = useWords()
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Button label={d('studio.end')} look="danger" onPress={() => setAsked(true)}>
        {d('studio.end')}
      </Button>
      {asked && (
        <Dialog title={t('confirm.endTitle')} onClose={() => setAsked(false)}>
          <p>{t('confirm.endBody')}</p>
          <div class="answers">
            <Button label={t('confirm.stay')} look="quiet" onPress={() => setAsked(false)}>
              {t('confirm.stay')}
            </Button>
            <Button label={t('confirm.end')} look="danger" onPress={() => void room.close()}>
              {t('confirm.end')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
})

/** What the show is called, and its figures. */
export const Head = observed<{ show: AnchorShow }>(({ show: { room } }) => {
  const { t, d, lang } = useWords()
  const [copied, setCopied] = useState(false)
  const { counts, phase } = room
  const roomId = room.room?.roomId ?? ''
  const copy = async () => {
    await navigator.clipboard?.writeText(roomId).catch(() => {})
    setCopied(true)
  }
  const live = phase === 'on-air'
  return (
    <header class="head">
      <span class="badge" data-live={live}>
        {live ? t('room.live') : t('room.paused')}
      </span>
      <h1>{room.room?.title}</h1>
      <time class="figure">{formatDuration(room.elapsedMs)}</time>
      <span class="figure">{d('studio.viewers', { n: formatCount(lang, counts.viewers) })}</span>
      <span class="figure">{d('studio.likes', { n: formatCount(lang, counts.likes) })}</span>
      {room.room?.recording && (
        <span class="figure recording" role="status">
          {d('studio.recording')}
        </span>
      )}
      <Button label={d('studio.link.copy')} icon={copied ? 'check' : 'copy'} look="round" onPress={() => void copy()} />
    </header>
  )
})

/** What is wrong right now, over the picture. */
export const Note = observed<{ show: AnchorShow }>(({ show: { room } }) => {
  const { t, d } = useWords()
  if (room.fault) return <FaultNote fault={room.fault} onRetry={() => void room.retry()} />
  if (room.phase === 'interrupted') {
    return (
      <p class="fault" role="status">
        {t('state.selfInterrupted')}. {d('studio.offline')}
      </p>
    )
  }
  return room.phase === 'opening' ? (
    <p class="fault" role="status">
      {t('state.opening')}
    </p>
  ) : null
})

/** Whether the show is recorded is said by the room; the button follows it. */
export const RecordButton = observed<{ show: AnchorShow }>(({ show: { room, record } }) => {
  const { d } = useWords()
  const on = room.room?.recording ?? false
  const roomId = room.room?.roomId ?? ''
  const label = on ? d('studio.recordStop') : d('studio.record')
  return (
    <>
      <Button
        label={label}
        icon="record"
        look="quiet"
        pressed={on}
        busy={record.busy}
        disabled={room.phase !== 'on-air'}
        onPress={() => void record.turn(roomId, !on)}
      >
        {label}
      </Button>
      {record.failed && (
        <span class="problem" role="alert">
          {d('studio.recordFailed')}
        </span>
      )}
    </>
  )
})
