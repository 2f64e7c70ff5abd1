import { useEffect, useState } from 'preact/hooks'
import { formatDuration } from '../../../miniprogram/locales/format'
import { LIMITS, lengthOf } from '../../../miniprogram/protocol/limits'
import type { User } from '../../../miniprogram/protocol/room'
import type { Desk } from '../../model/desk'
import { type CallWay, DeskCall } from '../../model/desk-call'
import type { Opening } from '../../wiring/place'
import { Button } from '../button'
import { Controls, DeviceForm } from '../controls'
import { Dialog } from '../dialog'
import { FaultNote } from '../fault-note'
import { observed } from '../observed'
import { ChatPanel } from '../panels/chat-panel'
import { StageView } from '../stage/stage'
import { Tabs } from '../tabs'
import { useLife } from '../use-life'
import { useWords } from '../use-words'
import { PeopleOfCall } from './people-of-call'

/** A call: opened here, come into by its id, or by saying yes to a ring. Who comes from a ring goes back to his queues. */
export const Call = observed<{ desk: Desk; way: CallWay }>(({ desk, way }) => {
  const call = useLife(
    () => new DeskCall(desk.tools, navigator.mediaDevices),
    (own) => own.end(),
  )
  const { room } = call
  const home: Opening = { kind: way.kind === 'answer' ? 'queue' : 'lobby' }
  const current = room.room?.roomId ?? ''
  const over = room.phase === 'ended' || room.phase === 'failed'
  useEffect(() => {
    void call.begin(way)
  }, [call])
  useEffect(() => {
    if (current) desk.settled(over ? home : { kind: 'call', roomId: current })
  }, [desk, current, over])
  const goHome = () => desk.open(home)
  if (over) return <CallOver call={call} onHome={goHome} />
  return <Frame call={call} fresh={way.kind === 'call' && way.roomId === ''} onHome={goHome} />
})

/** The pictures are the same elements before the call and in it. */
const Frame = observed<{ call: DeskCall; fresh: boolean; onHome(): void }>(({ call, fresh, onHome }) => {
  const { d } = useWords()
  const { room, inputs, publisher, switches, sharing } = call
  const open = room.room !== null
  const alone = open && room.stage.places.length < 2
  return (
    <main class="studio">
      <div class="show">
        {open && <Head call={call} />}
        <div class="screen">
          <StageView stage={room.stage} inputs={inputs} label={d('call.stage')} trtc={call.trtc} />
          {room.fault?.code === 'consent-needed' ? (
            <Consent onAgree={() => void room.agree()} onAway={onHome} />
          ) : room.fault ? (
            <FaultNote fault={room.fault} onRetry={() => void room.retry()} />
          ) : (
            alone && (
              <p class="fault" role="status">
                {d('call.waiting')}
              </p>
            )
          )}
        </div>
        <div class="bar">
          <Controls
            publisher={publisher}
            switches={switches}
            inputs={inputs}
            onShare={() => void sharing.share()}
            shapes
          />
          {open && <InCall call={call} onHome={onHome} />}
        </div>
      </div>
      {open ? <CallSide call={call} /> : fresh && <NewCallForm call={call} />}
    </main>
  )
})

/** This call is recorded: whoever does not agree stays away. */
const Consent = ({ onAgree, onAway }: { onAgree(): void; onAway(): void }) => {
  const { t, d } = useWords()
  return (
    <Dialog title={d('call.consent')} onClose={onAway}>
      <p>{d('call.consentBody')}</p>
      <div class="answers">
        <Button label={t('common.cancel')} look="quiet" onPress={onAway}>
          {t('common.cancel')}
        </Button>
        <Button label={d('call.agree')} look="primary" onPress={onAgree}>
          {d('call.agree')}
        </Button>
      </div>
    </Dialog>
  )
}

const Head = observed<{ call: DeskCall }>(({ call: { room } }) => {
  const { d } = useWords()
  const [copied, setCopied] = useState(false)
  const link = () => `${location.origin}${location.pathname}?call=${room.room?.roomId ?? ''}`
  const copy = async () => {
    await navigator.clipboard?.writeText(link()).catch(() => {})
    setCopied(true)
  }
  return (
    <header class="head">
      <span class="badge" data-live={true}>
        {d('call.badge')}
      </span>
      <h1>{room.room?.title}</h1>
      <time class="figure">{formatDuration(room.elapsedMs)}</time>
      {room.room?.recording && (
        <span class="figure recording" role="status">
          {d('studio.recording')}
        </span>
      )}
      <Button label={d('call.copy')} icon={copied ? 'check' : 'copy'} look="quiet" onPress={() => void copy()}>
        {copied ? d('studio.link.copied') : d('call.copy')}
      </Button>
    </header>
  )
})

const InCall = observed<{ call: DeskCall; onHome(): void }>(({ call, onHome }) => {
  const { d } = useWords()
  const { room } = call
  const { hold } = room
  const leave = async () => {
    await call.leave()
    onHome()
  }
  return (
    <>
      <Button
        label={hold.hand ? d('call.handDown') : d('call.hand')}
        icon="hand"
        look="round"
        pressed={hold.hand}
        onPress={() => hold.setHand(!hold.hand)}
      />
      <Button
        label={hold.away ? d('call.back') : d('call.hold')}
        icon="pause"
        look="round"
        pressed={hold.away}
        onPress={() => hold.setAway(!hold.away)}
      />
      <Button label={d('call.leave')} icon="phone-off" look="primary" onPress={() => void leave()}>
        {d('call.leave')}
      </Button>
      {room.owner && (
        <Button label={d('call.end')} look="danger" onPress={() => void room.close()}>
          {d('call.end')}
        </Button>
      )}
    </>
  )
})

const CallSide = observed<{ call: DeskCall }>(({ call: { room } }) => {
  const { d } = useWords()
  const [to, setTo] = useState<User | null>(null)
  return (
    <Tabs
      label={d('studio.side')}
      tabs={[
        {
          id: 'chat',
          label: d('studio.chat'),
          icon: 'chat',
          body: <ChatPanel chat={room.chat} to={to} onReplied={() => setTo(null)} onPerson={setTo} />,
        },
        { id: 'people', label: d('call.people'), icon: 'people', body: <PeopleOfCall room={room} /> },
      ]}
    />
  )
})

const NewCallForm = observed<{ call: DeskCall }>(({ call }) => {
  const { t, d } = useWords()
  const { room, inputs, publisher } = call
  const [title, setTitle] = useState('')
  const [record, setRecord] = useState(false)
  const [endsWithOwner, setEndsWithOwner] = useState(false)
  const length = lengthOf(title.trim())
  const usable = length > 0 && length <= LIMITS.titleMax
  const busy = room.phase === 'opening'
  const start = () => {
    if (usable) void call.start({ title, record, endsWithOwner })
  }
  return (
    <form
      class="card form setup"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <h1>{d('call.heading')}</h1>
      <label class="field">
        {d('call.name')}
        <input value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        <span class="sub">{t('setup.count', { n: length, max: LIMITS.titleMax })}</span>
      </label>
      <DeviceForm publisher={publisher} inputs={inputs} shapes />
      <label class="check">
        <input type="checkbox" checked={record} onChange={(event) => setRecord(event.currentTarget.checked)} />
        {d('call.record')}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={endsWithOwner}
          onChange={(event) => setEndsWithOwner(event.currentTarget.checked)}
        />
        {d('call.endsWithOwner')}
      </label>
      <Button label={d('call.start')} look="primary" disabled={!usable} busy={busy} onPress={start}>
        {d('call.start')}
      </Button>
    </form>
  )
})

const CallOver = observed<{ call: DeskCall; onHome(): void }>(({ call: { room }, onHome }) => {
  const { d } = useWords()
  return (
    <main class="ended">
      <div class="card">
        <h1>{d('call.over')}</h1>
        {room.fault && <FaultNote fault={room.fault} onRetry={() => void room.retry()} />}
        {room.summary && <p class="sub">{formatDuration(room.summary.durationMs)}</p>}
        <div class="answers">
          <Button label={d('desk.lobby')} look="primary" onPress={onHome}>
            {d('desk.lobby')}
          </Button>
        </div>
      </div>
    </main>
  )
})
