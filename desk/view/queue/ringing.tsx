import { useEffect, useId, useRef } from 'preact/hooks'
import { formatDuration } from '../../../miniprogram/locales/format'
import type { Ringing as Ring } from '../../../miniprogram/stores/ring/types'
import type { Desk } from '../../model/desk'
import { Button } from '../button'
import { Face } from '../face'
import { observed } from '../observed'
import { useNow } from '../use-now'
import { useWords } from '../use-words'

/** It rings: over whatever is open, because somebody waits. Who is on air may only say that he is busy. */
export const Ringing = observed<{ desk: Desk }>(({ desk }) => {
  const { incoming } = desk.tools.kit.rings
  return incoming && <RingCard key={incoming.ring.ringId} ringing={incoming} desk={desk} />
})

const RingCard = observed<{ ringing: Ring; desk: Desk }>(({ ringing: { ring, endsAt }, desk }) => {
  const { t, d } = useWords()
  const { rings } = desk.tools.kit
  const now = useNow()
  const card = useRef<HTMLDivElement>(null)
  const heading = useId()
  // A keyboard is there at once; the page behind stays as it is.
  useEffect(() => card.current?.focus(), [])
  const name = ring.from.name || t('person.unnamed')
  return (
    <div class="ringing" role="alertdialog" aria-labelledby={heading} tabIndex={-1} ref={card}>
      <Face user={ring.from} />
      <div class="main">
        <h2 id={heading}>{d('ring.calls', { name })}</h2>
        {ring.note && <p class="sub">{ring.note}</p>}
        {ring.recording && <p class="sub">{d('ring.recorded')}</p>}
        {endsAt !== null && <p class="sub">{t('desk.left', { time: formatDuration(Math.max(0, endsAt - now)) })}</p>}
      </div>
      <Button label={d('ring.refuse')} icon="phone-off" look="quiet" onPress={() => void rings.refuse()}>
        {d('ring.refuse')}
      </Button>
      {desk.occupied ? (
        <Button label={d('ring.busy')} look="quiet" onPress={() => void rings.refuse(true)}>
          {d('ring.busy')}
        </Button>
      ) : (
        <Button label={d('ring.accept')} icon="phone" look="primary" onPress={() => desk.answer()}>
          {d('ring.accept')}
        </Button>
      )}
    </div>
  )
})
