import { useEffect, useState } from 'preact/hooks'
import { formatCount } from '../../miniprogram/locales/format'
import type { RoomSummary } from '../../miniprogram/protocol/room'
import type { Desk } from '../model/desk'
import { callIdOf } from '../wiring/place'
import { Button } from './button'
import { Icon } from './icon'
import { observed } from './observed'
import { useWords } from './use-words'

/** Where everything begins: a show of one's own, or somebody else's. */
export const Lobby = observed<{ desk: Desk }>(({ desk }) => {
  const { t, d } = useWords()
  const { session } = desk.tools.kit
  const { list, openRoom } = session
  useEffect(() => {
    void list.refresh()
  }, [list])
  return (
    <main class="lobby">
      <section class="doors" aria-label={d('desk.name')}>
        {openRoom && (
          <Door
            icon="camera"
            title={d('lobby.continue', { title: openRoom.room.title })}
            hint={d('lobby.continueHint')}
            onPress={() => desk.open({ kind: 'anchor', roomId: openRoom.room.roomId })}
          />
        )}
        <Door
          icon="camera"
          title={d('lobby.start')}
          hint={d('lobby.startHint')}
          onPress={() => desk.open({ kind: 'anchor', roomId: '' })}
        />
        <Door
          icon="phone"
          title={d('call.new')}
          hint={d('call.newHint')}
          onPress={() => desk.open({ kind: 'call', roomId: '' })}
        />
        <Door
          icon="people"
          title={d('queue.open')}
          hint={d('queue.openHint')}
          onPress={() => desk.open({ kind: 'queue' })}
        />
        <JoinCall onJoin={(roomId) => desk.open({ kind: 'call', roomId })} />
      </section>
      <section class="shows" aria-label={d('lobby.live')}>
        <header>
          <h2>{d('lobby.live')}</h2>
          <Button
            label={d('lobby.refresh')}
            icon="refresh"
            look="round"
            busy={list.busy}
            onPress={() => void list.refresh()}
          />
        </header>
        {list.state === 'empty' && <p class="hint">{t('home.emptyTitle')}</p>}
        {list.state === 'error' && <p class="hint">{t('home.errorTitle')}</p>}
        <ul class="cards">
          {list.rooms.map((row) => (
            <li key={row.room.roomId}>
              <ShowCard row={row} onPress={() => desk.open({ kind: 'watch', roomId: row.room.roomId })} />
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
})

/** By what somebody has sent: an id, or a link. */
const JoinCall = ({ onJoin }: { onJoin(roomId: string): void }) => {
  const { d } = useWords()
  const [pasted, setPasted] = useState('')
  const [bad, setBad] = useState(false)
  const join = () => {
    const roomId = callIdOf(pasted)
    setBad(roomId === '')
    if (roomId) onJoin(roomId)
  }
  return (
    <form
      class="door"
      onSubmit={(event) => {
        event.preventDefault()
        join()
      }}
    >
      <strong>{d('call.join')}</strong>
      <span class="sub">{d('call.joinHint')}</span>
      <div class="row">
        <input
          value={pasted}
          aria-label={d('call.id')}
          aria-invalid={bad}
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
        <Button label={d('call.join')} icon="phone" look="primary" disabled={pasted.trim() === ''} onPress={join} />
      </div>
      {bad && (
        <p class="problem" role="alert">
          {d('call.badId')}
        </p>
      )}
    </form>
  )
}

interface DoorProps {
  icon: 'camera' | 'phone' | 'people'
  title: string
  hint: string
  onPress(): void
}

const Door = ({ icon, title, hint, onPress }: DoorProps) => (
  <button type="button" class="door" onClick={onPress}>
    <Icon name={icon} />
    <strong>{title}</strong>
    <span class="sub">{hint}</span>
  </button>
)

const ShowCard = ({ row: { room, counts }, onPress }: { row: RoomSummary; onPress(): void }) => {
  const { t, d, lang } = useWords()
  const viewers = d('lobby.viewers', { n: formatCount(lang, counts.viewers) })
  const name = room.anchor.name || t('person.unnamed')
  return (
    <button
      type="button"
      class="showcard"
      data-cover={room.cover}
      aria-label={d('lobby.watch', { title: room.title, name, viewers })}
      onClick={onPress}
    >
      <span class="badge" data-live={room.state === 'live'}>
        {room.state === 'live' ? t('card.live') : t('card.away')}
      </span>
      <strong>{room.title}</strong>
      <span class="sub">
        {name} · {viewers}
      </span>
    </button>
  )
}
