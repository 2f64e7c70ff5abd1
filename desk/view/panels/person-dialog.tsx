import type { User } from '../../../miniprogram/protocol/room'
import type { StageDesk } from '../../../miniprogram/stores/room/desk/types'
import { MUTES, type People } from '../../../miniprogram/stores/room/people/people'
import { Button } from '../button'
import { Dialog } from '../dialog'
import { observed } from '../observed'
import { useWords } from '../use-words'

interface PersonDialogProps {
  user: User
  people: People
  desk: StageDesk
  onReply(user: User): void
  onClose(): void
}

const UNITS = ['people.minutes', 'people.hours', 'people.days'] as const
const SECONDS = [60, 3600, 86_400] as const

/** What can be done with somebody. Only what this user may do is offered. */
export const PersonDialog = observed<PersonDialogProps>(({ user, people, desk, onReply, onClose }) => {
  const { t } = useWords()
  const name = user.name || t('person.unnamed')
  const { order, invite } = people.rightsOver(user.userId)
  const busy = people.isBusy(user.userId)
  const { problem } = people
  const then = (act: Promise<void>) => void act.then(() => people.problem === null && onClose())
  return (
    <Dialog title={name} onClose={onClose}>
      {problem?.userId === user.userId && (
        <p class="problem" role="alert">
          {problem.fault.code === 'forbidden' ? t('act.forbidden') : t(`fault.${problem.fault.code}.title`)}
        </p>
      )}
      <div class="menu">
        <Button label={t('person.reply')} look="quiet" onPress={() => onReply(user)}>
          {t('person.reply')}
        </Button>
        {invite && (
          <Button label={t('person.invite')} look="quiet" onPress={() => then(desk.invite(user))}>
            {t('person.invite')}
          </Button>
        )}
        {order &&
          MUTES.map((seconds, i) => {
            const n = seconds / (SECONDS[i] ?? 60)
            const label = `${t('person.mute')} · ${t(UNITS[i] ?? 'people.minutes', { n })}`
            return (
              <Button
                key={seconds}
                label={label}
                look="quiet"
                busy={busy}
                onPress={() => then(people.mute(user.userId, seconds))}
              >
                {label}
              </Button>
            )
          })}
        {order && (
          <Button label={t('person.unmute')} look="quiet" busy={busy} onPress={() => then(people.mute(user.userId, 0))}>
            {t('person.unmute')}
          </Button>
        )}
        {order && (
          <Button label={t('person.remove')} look="danger" busy={busy} onPress={() => then(people.remove(user.userId))}>
            {t('person.remove')}
          </Button>
        )}
        {order && (
          <Button label={t('person.ban')} look="danger" busy={busy} onPress={() => then(people.ban(user.userId, true))}>
            {t('person.ban')}
          </Button>
        )}
      </div>
    </Dialog>
  )
})
