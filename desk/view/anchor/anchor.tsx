import { useEffect } from 'preact/hooks'
import { AnchorShow } from '../../model/anchor-show'
import type { Desk } from '../../model/desk'
import { Controls } from '../controls'
import { FaultNote } from '../fault-note'
import { observed } from '../observed'
import { StageView } from '../stage/stage'
import { useLife } from '../use-life'
import { useWords } from '../use-words'
import { Ended } from './ended'
import { SetupForm } from './setup'
import { EndButton, Head, Note, RecordButton, ShowSide } from './studio'

/** A show of one's own, from the preview to its figures. */
export const Anchor = observed<{ desk: Desk; roomId: string; onAgain(): void }>(({ desk, roomId, onAgain }) => {
  const show = useLife(
    () => new AnchorShow(desk.tools, navigator.mediaDevices),
    (own) => own.end(),
  )
  const { room } = show
  const current = room.room?.roomId ?? ''
  const over = room.phase === 'ended' || room.phase === 'failed'
  useEffect(() => {
    void show.begin(roomId)
  }, [show])
  useEffect(() => {
    if (current) desk.settled(over ? { kind: 'lobby' } : { kind: 'anchor', roomId: current })
  }, [desk, current, over])
  const toLobby = () => desk.open({ kind: 'lobby' })
  if (room.phase === 'ended') return <Ended show={show} onAgain={onAgain} onLobby={toLobby} />
  if (room.phase === 'failed' && room.fault) {
    return (
      <main class="ended">
        <div class="card">
          <FaultNote fault={room.fault} onRetry={() => void room.retry()} />
        </div>
      </main>
    )
  }
  return <Frame show={show} />
})

/** The picture is the same element before the show and in it, so that the camera is not opened twice. */
const Frame = observed<{ show: AnchorShow }>(({ show }) => {
  const { d } = useWords()
  const { room, inputs, publisher, sharing } = show
  const open = room.room !== null
  return (
    <main class="studio">
      <div class="show">
        {open && <Head show={show} />}
        <div class="screen">
          <StageView stage={room.stage} inputs={inputs} label={d('studio.stage')} />
          {open && <Note show={show} />}
        </div>
        <div class="bar">
          <Controls
            publisher={publisher}
            switches={publisher}
            inputs={inputs}
            onShare={() => void sharing.share()}
            shapes
          />
          {open && <RecordButton show={show} />}
          {open && <EndButton show={show} />}
        </div>
      </div>
      {open ? <ShowSide show={show} /> : <SetupForm show={show} />}
    </main>
  )
})
