import { useEffect, useState } from 'preact/hooks'
import { formatCount } from '../../miniprogram/locales/format'
import type { User } from '../../miniprogram/protocol/room'
import { Inputs } from '../media/inputs'
import type { Desk } from '../model/desk'
import { Button } from './button'
import { FaultNote } from './fault-note'
import { observed } from './observed'
import { ChatPanel } from './panels/chat-panel'
import { PeoplePanel } from './panels/people-panel'
import { PersonDialog } from './panels/person-dialog'
import { StageView } from './stage/stage'
import { Tabs } from './tabs'
import { useLife } from './use-life'
import { useWords } from './use-words'

/** Somebody else's show. */
export const Watch = observed<{ desk: Desk; roomId: string }>(({ desk, roomId }) => {
  const { t, d, lang } = useWords()
  const { kit, device } = desk.tools
  const room = useLife(
    () => kit.openLiveRoom({ role: 'audience' }),
    (own) => own.end(),
  )
  const inputs = useLife(
    () => new Inputs(device.storage),
    (own) => own.stopSharing(),
  )
  const [silent, setSilent] = useState(false)
  const [person, setPerson] = useState<User | null>(null)
  const [to, setTo] = useState<User | null>(null)
  useEffect(() => {
    void room.enter(roomId)
  }, [room, roomId])
  const hush = () => {
    room.stage.setMuted(!silent)
    setSilent(!silent)
  }
  const reply = (user: User) => {
    setPerson(null)
    setTo(user)
  }
  const { phase, fault, counts } = room
  const over = phase === 'ended'
  const chat = <ChatPanel chat={room.chat} to={to} onReplied={() => setTo(null)} onPerson={setPerson} />
  const people = <PeoplePanel people={room.people} viewers={counts.viewers} onPerson={setPerson} />
  return (
    <main class="studio">
      <div class="show">
        <header class="head">
          <span class="badge" data-live={phase === 'on-air'}>
            {phase === 'on-air' ? t('room.live') : t('room.paused')}
          </span>
          <h1>{room.room?.title}</h1>
          <span class="figure">{d('studio.viewers', { n: formatCount(lang, counts.viewers) })}</span>
          <span class="figure">{d('studio.likes', { n: formatCount(lang, counts.likes) })}</span>
        </header>
        <div class="screen">
          <StageView stage={room.stage} inputs={inputs} label={d('studio.stage')} />
          {fault && <FaultNote fault={fault} onRetry={() => void room.retry()} />}
          {!fault && over && (
            <p class="fault" role="status">
              {t('end.title')}
            </p>
          )}
          {!fault && phase === 'interrupted' && (
            <p class="fault" role="status">
              {t('state.interrupted')}. {t('state.interruptedHint')}
            </p>
          )}
        </div>
        <div class="bar">
          <Button
            label={silent ? d('watch.sound') : d('watch.mute')}
            icon={silent ? 'sound-off' : 'sound'}
            look="round"
            pressed={silent}
            onPress={hush}
          />
          <Button label={d('watch.like')} icon="heart" look="round" disabled={over} onPress={() => room.like()} />
          <Button label={t('room.leave')} look="quiet" onPress={() => desk.open({ kind: 'lobby' })}>
            {t('room.leave')}
          </Button>
        </div>
      </div>
      <Tabs
        label={d('studio.side')}
        tabs={[
          { id: 'chat', label: d('studio.chat'), icon: 'chat', body: chat },
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
    </main>
  )
})
