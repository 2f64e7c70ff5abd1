import type { ComponentChildren } from 'preact'
import { formatDuration } from '../../../miniprogram/locales/format'
import type { SeatView } from '../../../miniprogram/protocol/room'
import type { StageDesk, Waiting } from '../../../miniprogram/stores/room/desk/types'
import { Button } from '../button'
import { Face } from '../face'
import { observed } from '../observed'
import { useNow } from '../use-now'
import { useWords } from '../use-words'

/** The stage in the hands of whoever may decide about it: who waits, who was asked, who sits. */
export const StagePanel = observed<{ desk: StageDesk; seats: readonly SeatView[] }>(({ desk, seats }) => {
  const { t } = useWords()
  const { requests, invitations, freeSeats, problem } = desk
  return (
    <div class="panel">
      {problem && (
        <p class="problem" role="alert">
          {problem.code === 'full' ? t('act.full') : t(`fault.${problem.code}.title`)}
        </p>
      )}
      <h3>{t('desk.requests')}</h3>
      {requests.length === 0 && <p class="hint">{t('desk.requests.none')}</p>}
      {freeSeats === 0 && requests.length > 0 && <p class="hint">{t('desk.full')}</p>}
      <ul class="rows">
        {requests.map((waiting) => (
          <Asking key={waiting.link.linkId} waiting={waiting} desk={desk} />
        ))}
      </ul>
      {invitations.length > 0 && <h3>{t('desk.invited')}</h3>}
      <ul class="rows">
        {invitations.map((waiting) => (
          <Invited key={waiting.link.linkId} waiting={waiting} desk={desk} />
        ))}
      </ul>
      <h3>{t('desk.seats')}</h3>
      <ul class="rows">
        {seats.map((seat) => (
          <Seat key={seat.seat} seat={seat} desk={desk} />
        ))}
      </ul>
    </div>
  )
})

type Word = 'desk.left' | 'desk.invited.left'

const Left = ({ endsAt, word }: { endsAt: number; word: Word }) => {
  const { t } = useWords()
  return <span class="sub">{t(word, { time: formatDuration(Math.max(0, endsAt - useNow())) })}</span>
}

/** Somebody who waits, how long he still does, and what can be done about it. */
function WaitingRow({ waiting, word, children }: { waiting: Waiting; word: Word; children: ComponentChildren }) {
  const { t } = useWords()
  const { link, endsAt } = waiting
  return (
    <li class="row">
      <Face user={link.user} />
      <span class="main">
        <span class="name">{link.user.name || t('person.unnamed')}</span>
        <Left endsAt={endsAt} word={word} />
      </span>
      {children}
    </li>
  )
}

const Asking = observed<{ waiting: Waiting; desk: StageDesk }>(({ waiting, desk }) => {
  const { t } = useWords()
  const { link, busy } = waiting
  const name = link.user.name || t('person.unnamed')
  return (
    <WaitingRow waiting={waiting} word="desk.left">
      <Button
        label={t('desk.reject.label', { name })}
        look="quiet"
        busy={busy}
        onPress={() => void desk.reject(link.linkId)}
      >
        {t('desk.reject')}
      </Button>
      <Button
        label={t('desk.accept.label', { name })}
        look="primary"
        busy={busy}
        disabled={desk.freeSeats === 0}
        onPress={() => void desk.accept(link.linkId)}
      >
        {t('desk.accept')}
      </Button>
    </WaitingRow>
  )
})

const Invited = observed<{ waiting: Waiting; desk: StageDesk }>(({ waiting, desk }) => {
  const { t } = useWords()
  const { link, busy } = waiting
  const name = link.user.name || t('person.unnamed')
  return (
    <WaitingRow waiting={waiting} word="desk.invited.left">
      <Button
        label={t('desk.uninvite.label', { name })}
        look="quiet"
        busy={busy}
        onPress={() => void desk.uninvite(link.linkId)}
      >
        {t('desk.uninvite')}
      </Button>
    </WaitingRow>
  )
})

const Seat = observed<{ seat: SeatView; desk: StageDesk }>(({ seat, desk }) => {
  const { t } = useWords()
  const { user, locked, state, quieted } = seat
  if (!user) {
    return (
      <li class="row">
        <span class="face empty" aria-hidden="true">
          {seat.seat}
        </span>
        <span class="main">
          <span class="name">{t('desk.seat', { n: seat.seat })}</span>
          <span class="sub">{locked ? t('desk.seat.locked') : t('desk.seat.free')}</span>
        </span>
        <Button
          label={t(locked ? 'desk.unlock.label' : 'desk.lock.label', { n: seat.seat })}
          icon={locked ? 'unlock' : 'lock'}
          look="round"
          onPress={() => void desk.lock(seat.seat, !locked)}
        />
      </li>
    )
  }
  const name = user.name || t('person.unnamed')
  const quiet = (off: Partial<SeatView['quieted']>) => void desk.quiet(seat.seat, { ...quieted, ...off })
  return (
    <li class="row">
      <Face user={user} />
      <span class="main">
        <span class="name">{name}</span>
        <span class="sub">{state === 'on' ? t('desk.seat.on') : t('desk.seat.held')}</span>
      </span>
      <Button
        label={t(quieted.mic ? 'desk.mic.on' : 'desk.mic.off', { name })}
        icon={quieted.mic ? 'mic-off' : 'mic'}
        look="round"
        pressed={quieted.mic}
        onPress={() => quiet({ mic: !quieted.mic })}
      />
      <Button
        label={t(quieted.camera ? 'desk.camera.on' : 'desk.camera.off', { name })}
        icon={quieted.camera ? 'camera-off' : 'camera'}
        look="round"
        pressed={quieted.camera}
        onPress={() => quiet({ camera: !quieted.camera })}
      />
      <Button
        label={t('desk.kick.label', { name })}
        icon="close"
        look="round"
        onPress={() => void desk.kick(user.userId)}
      />
    </li>
  )
})
