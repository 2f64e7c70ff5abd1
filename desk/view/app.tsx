import { useState } from 'preact/hooks'
import { LIMITS, lengthOf } from '../../miniprogram/protocol/limits'
import type { Session } from '../../miniprogram/stores/session'
import type { Desk } from '../model/desk'
import { Anchor } from './anchor/anchor'
import { Button } from './button'
import { Call } from './call/call'
import { Dialog } from './dialog'
import { Lobby } from './lobby'
import { observed } from './observed'
import { QueueDesk } from './queue/queue'
import { Ringing } from './queue/ringing'
import { useWords } from './use-words'
import { Watch } from './watch'

/** The page: its head, and what is open. */
export const App = observed<{ desk: Desk }>(({ desk }) => {
  const { t, d } = useWords()
  const { session } = desk.tools.kit
  return (
    <div class="page">
      <header class="top">
        <button type="button" class="brand" onClick={() => desk.open({ kind: 'lobby' })} aria-label={d('desk.lobby')}>
          <span class="mark" aria-hidden="true" />
          {d('desk.name')}
        </button>
        <span class="sub">{d('desk.tagline')}</span>
        {desk.state === 'ready' && <Me session={session} />}
      </header>
      {desk.state === 'connecting' && (
        <main class="ended">
          <p role="status">{d('desk.connecting')}</p>
        </main>
      )}
      {desk.state === 'failed' && (
        <main class="ended">
          <div class="card">
            <p role="alert">{d('desk.problem')}</p>
            <Button label={t('common.retry')} look="primary" onPress={() => void desk.connect()}>
              {t('common.retry')}
            </Button>
          </div>
        </main>
      )}
      {desk.state === 'ready' && <Open desk={desk} />}
      {desk.state === 'ready' && <Ringing desk={desk} />}
    </div>
  )
})

const Open = observed<{ desk: Desk }>(({ desk }) => {
  const { opening } = desk
  // Another show of the same kind is another life.
  const [round, setRound] = useState(0)
  if (opening.kind === 'anchor') {
    return <Anchor key={round} desk={desk} roomId={opening.roomId} onAgain={() => setRound(round + 1)} />
  }
  if (opening.kind === 'call') return <Call key={opening.roomId} desk={desk} way={opening} />
  if (opening.kind === 'answer') return <Call key={opening.ringId} desk={desk} way={opening} />
  if (opening.kind === 'queue') return <QueueDesk desk={desk} />
  if (opening.kind === 'watch') return <Watch key={opening.roomId} desk={desk} roomId={opening.roomId} />
  return <Lobby desk={desk} />
})

const Me = observed<{ session: Session }>(({ session }) => {
  const { t, d } = useWords()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [failed, setFailed] = useState(false)
  const own = session.me?.name ?? ''
  const length = lengthOf(name.trim())
  const save = async () => {
    try {
      await session.profile(name)
      setOpen(false)
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <Button
        label={own ? d('desk.editName', { name: own }) : d('desk.anonymous')}
        look="quiet"
        onPress={() => {
          setName(own)
          setFailed(false)
          setOpen(true)
        }}
      >
        {own || d('desk.anonymous')}
      </Button>
      {open && (
        <Dialog title={t('profile.title')} onClose={() => setOpen(false)}>
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <label class="field">
              {t('profile.hint')}
              <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
              <span class="sub">{t('profile.count', { n: length, max: LIMITS.nameMax })}</span>
            </label>
            {failed && (
              <p class="problem" role="alert">
                {t('fault.bad-input.title')}
              </p>
            )}
            <Button
              label={t('common.save')}
              look="primary"
              disabled={length === 0 || length > LIMITS.nameMax}
              onPress={() => void save()}
            >
              {t('common.save')}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  )
})
