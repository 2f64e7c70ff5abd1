import { useEffect } from 'preact/hooks'
import type { User } from '../../../miniprogram/protocol/room'
import type { People } from '../../../miniprogram/stores/room/people/people'
import { Button } from '../button'
import { Face } from '../face'
import { observed } from '../observed'
import { useWords } from '../use-words'

interface PeoplePanelProps {
  people: People
  /** How many watch: a change has the list asked for again. */
  viewers: number
  onPerson(user: User): void
}

/** Who watches, and the one switch that silences everybody. */
export const PeoplePanel = observed<PeoplePanelProps>(({ people, viewers, onPerson }) => {
  const { t } = useWords()
  const { members } = people
  useEffect(() => {
    void members.refresh()
  }, [members, viewers])
  return (
    <div class="panel">
      {people.mine && (
        <Button
          label={t(people.muteAll ? 'people.muteAll.on' : 'people.muteAll.off')}
          look="quiet"
          pressed={people.muteAll}
          busy={people.isBusy()}
          onPress={() => void people.setMuteAll(!people.muteAll)}
        >
          {t('people.muteAll')}
        </Button>
      )}
      <h3>{t('people.watching')}</h3>
      {members.state === 'empty' && <p class="hint">{t('people.empty')}</p>}
      {members.state === 'error' && <p class="hint">{t('people.error')}</p>}
      <ul class="rows">
        {members.items.map((user) => (
          <li key={user.userId}>
            <button type="button" class="row person" onClick={() => onPerson(user)}>
              <Face user={user} />
              <span class="main name">{user.name || t('person.unnamed')}</span>
            </button>
          </li>
        ))}
      </ul>
      {members.hasMore && (
        <Button label={t('people.more')} look="quiet" busy={members.busy} onPress={() => void members.more()}>
          {t('people.more')}
        </Button>
      )}
    </div>
  )
})
