import { useState } from 'preact/hooks'
import { COVERS, type CoverId, LIMITS, lengthOf } from '../../../miniprogram/protocol/limits'
import type { AnchorShow } from '../../model/anchor-show'
import { Button } from '../button'
import { DeviceForm } from '../controls'
import { FaultNote } from '../fault-note'
import { observed } from '../observed'
import { useWords } from '../use-words'

const SEATS = [0, 1, 2, 3, 5, 8] as const

/** Before the show: what it is called, and what it is made with. */
export const SetupForm = observed<{ show: AnchorShow }>(({ show }) => {
  const { t, d } = useWords()
  const { room, inputs, publisher } = show
  const [title, setTitle] = useState('')
  const [cover, setCover] = useState<CoverId>('ocean')
  const [seats, setSeats] = useState<number>(LIMITS.liveSeatsDefault)
  const [record, setRecord] = useState(false)
  const length = lengthOf(title.trim())
  const busy = room.phase === 'opening'
  const usable = length > 0 && length <= LIMITS.titleMax
  const start = () => {
    if (usable) void show.start({ title, cover, seats, record })
  }
  return (
    <form
      class="card form setup"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <h1>{d('setup.heading')}</h1>
      {room.fault && <FaultNote fault={room.fault} onRetry={() => void room.retry()} />}
      <label class="field">
        {d('setup.title')}
        <input
          value={title}
          placeholder={t('setup.placeholder')}
          aria-invalid={length > LIMITS.titleMax}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
        <span class="sub">
          {length > LIMITS.titleMax
            ? t('setup.tooLong', { max: LIMITS.titleMax })
            : t('setup.count', { n: length, max: LIMITS.titleMax })}
        </span>
      </label>
      <fieldset class="covers">
        <legend>{t('setup.cover')}</legend>
        {COVERS.map((id) => (
          <label key={id} data-cover={id}>
            <input type="radio" name="cover" checked={cover === id} onChange={() => setCover(id)} />
            <span class="hidden">{t(`cover.${id}`)}</span>
          </label>
        ))}
      </fieldset>
      <DeviceForm publisher={publisher} inputs={inputs} shapes />
      <label class="field">
        {d('setup.seats')}
        <select value={seats} onChange={(event) => setSeats(Number(event.currentTarget.value))}>
          {SEATS.map((n) => (
            <option key={n} value={n}>
              {n === 0 ? d('setup.noSeats') : d('setup.seatsCount', { n })}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" checked={record} onChange={(event) => setRecord(event.currentTarget.checked)} />
        {d('setup.record')}
      </label>
      <Button label={t('setup.start')} look="primary" disabled={!usable} busy={busy} onPress={start}>
        {busy ? t('setup.starting') : t('setup.start')}
      </Button>
    </form>
  )
})
