import { useEffect } from 'preact/hooks'
import { formatDuration } from '../../../miniprogram/locales/format'
import type { MissedCall, QueueView, RingView } from '../../../miniprogram/protocol/ring'
import type { Rings } from '../../../miniprogram/stores/ring/rings'
import type { Desk } from '../../model/desk'
import { Button } from '../button'
import { Face } from '../face'
import { observed } from '../observed'
import { useNow } from '../use-now'
import { useWords } from '../use-words'

/** An agent's place of work: the queues, who waits in them and for how long, and what nobody has answered. */
export const QueueDesk = observed<{ desk: Desk }>(({ desk }) => {
  const { t, d } = useWords()
  const { rings } = desk.tools.kit
  const agent = rings.desk
  const { missed } = rings
  useEffect(() => {
    void agent.refresh()
    void missed.refresh()
  }, [agent, missed])
  const { problem, queues, state, waiting } = agent
  return (
    <main class="queue">
      <section class="card" aria-label={d('queue.mine')}>
        <h1>{d('queue.mine')}</h1>
        {problem && (
          <p class="problem" role="alert">
            {t(`fault.${problem.code}.title`)}
          </p>
        )}
        {state === 'ready' && queues.length === 0 && <p class="hint">{d('queue.none')}</p>}
        <ul class="rows">
          {queues.map((queue) => (
            <Queue key={queue.queue} queue={queue} rings={rings} />
          ))}
        </ul>
      </section>
      <section class="card" aria-label={d('queue.waiting')}>
        <h2>{d('queue.waiting')}</h2>
        {waiting.length === 0 && <p class="hint">{agent.on ? d('queue.empty') : d('queue.signOnFirst')}</p>}
        <ul class="rows">
          {waiting.map((ring) => (
            <Waiting key={ring.ringId} ring={ring} desk={desk} />
          ))}
        </ul>
      </section>
      <section class="card" aria-label={d('queue.missed')}>
        <header>
          <h2>{d('queue.missed')}</h2>
          {missed.unseen > 0 && (
            <Button label={d('queue.seen')} look="quiet" onPress={() => void missed.see()}>
              {d('queue.unseen', { n: missed.unseen })}
            </Button>
          )}
        </header>
        {missed.items.length === 0 && <p class="hint">{d('queue.noneMissed')}</p>}
        <ul class="rows">
          {missed.items.map((call) => (
            <Missed key={call.ringId} call={call} />
          ))}
        </ul>
        {missed.hasMore && (
          <Button label={t('people.more')} look="quiet" busy={missed.busy} onPress={() => void missed.more()}>
            {t('people.more')}
          </Button>
        )}
      </section>
    </main>
  )
})

const Queue = observed<{ queue: QueueView; rings: Rings }>(({ queue, rings }) => {
  const { d } = useWords()
  const { ready, agents, title } = queue
  const name = title || queue.queue
  return (
    <li class="row">
      <span class="main">
        <span class="name">{name}</span>
        <span class="sub">{d('queue.agents', { n: agents })}</span>
      </span>
      <Button
        label={ready ? d('queue.signOff', { name }) : d('queue.signOn', { name })}
        look={ready ? 'quiet' : 'primary'}
        pressed={ready}
        busy={rings.desk.busy.includes(queue.queue)}
        onPress={() => void rings.desk.setReady(queue.queue, !ready)}
      >
        {ready ? d('queue.on') : d('queue.off')}
      </Button>
    </li>
  )
})

const Waiting = observed<{ ring: RingView; desk: Desk }>(({ ring, desk }) => {
  const { t, d } = useWords()
  const { kit } = desk.tools
  useNow()
  const name = ring.from.name || t('person.unnamed')
  const time = formatDuration(Math.max(0, kit.session.now() - ring.askedAt))
  return (
    <li class="row">
      <Face user={ring.from} />
      <span class="main">
        <span class="name">{name}</span>
        <span class="sub">
          {d('queue.since', { time })}
          {ring.note && ` · ${ring.note}`}
        </span>
      </span>
      <Button label={d('queue.take', { name })} icon="phone" look="primary" onPress={() => desk.answer(ring.ringId)}>
        {d('ring.accept')}
      </Button>
    </li>
  )
})

const Missed = ({ call }: { call: MissedCall }) => {
  const { t, d, lang } = useWords()
  const at = new Intl.DateTimeFormat(lang, { dateStyle: 'short', timeStyle: 'short' }).format(call.at)
  return (
    <li class="row">
      <Face user={call.from} />
      <span class="main">
        <span class="name">{call.from.name || t('person.unnamed')}</span>
        <span class="sub">
          {at} · {d(`queue.why.${call.why}`)}
          {call.note && ` · ${call.note}`}
        </span>
      </span>
    </li>
  )
}
