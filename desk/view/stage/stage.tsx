import { useEffect, useRef, useState } from 'preact/hooks'
import type { Place, Slot, Stage } from '../../../miniprogram/stores/room/stage/types'
import type { Inputs } from '../../media/inputs'
import type { TrtcRoom } from '../../media/trtc/trtc-room'
import { Icon } from '../icon'
import { observed } from '../observed'
import { useWords } from '../use-words'
import { cellOf, gridOf } from './cells'
import { CameraTile, PictureTile, TrtcTile } from './tiles'

const STANDING = 9 / 16
const LYING = 16 / 9

/** Width to height of an element, as it is now. */
function useShape() {
  const element = useRef<HTMLElement>(null)
  const [shape, setShape] = useState(LYING)
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      if (width > 0 && height > 0) setShape(width / height)
    })
    if (element.current) seen.observe(element.current)
    return () => seen.disconnect()
  }, [])
  return { element, shape }
}

interface StageViewProps {
  stage: Stage
  inputs: Inputs
  label: string
  /** Width to height of a usual picture here. */
  picture?: number
  /** Where the others are seen who have no tile of the stage. */
  trtc?: TrtcRoom
}

/** Everybody on stage. A picture stays the same element for as long as it lasts, wherever it stands. */
export const StageView = observed<StageViewProps>(({ stage, inputs, label, picture = STANDING, trtc }) => {
  const { element, shape } = useShape()
  const { t } = useWords()
  const { tiles, shown, mixed } = stage
  // Whose picture is not there yet, or not for this one who watches, has no cell.
  const seen = shown.filter(
    ({ slot, seat, me }) => tiles.some((tile) => tile.slot === slot) || (!me && trtc?.seen.has(seat)),
  )
  const slots: Slot[] = mixed || seen.length === 0 ? ['anchor'] : seen.map(({ slot }) => slot)
  const grid = gridOf(slots.length, shape, slots.length === 1 ? shape : picture)
  const at = (slot: Slot) => {
    const { column, row } = cellOf(Math.max(0, slots.indexOf(slot)), grid)
    return { gridColumn: column, gridRow: row }
  }
  const nameOf = (slot: Slot) => shown.find((place) => place.slot === slot)?.user.name || t('person.unnamed')
  const style = { '--columns': grid.columns, '--rows': grid.rows }
  return (
    <section class="stage" aria-label={label} ref={element} style={style} data-count={slots.length}>
      {tiles.map(({ key, slot, leaving, media }) => (
        <div key={key} class="tile" data-leaving={leaving} hidden={!slots.includes(slot)} style={at(slot)}>
          {media.kind === 'camera' ? (
            <CameraTile publisher={media.publisher} inputs={inputs} trtc={trtc ?? null} />
          ) : (
            <PictureTile playback={media.playback} label={t('room.stageAnchor', { name: nameOf(slot) })} />
          )}
        </div>
      ))}
      {trtc &&
        seen.map(({ slot, seat, me }) => {
          const userId = me ? undefined : trtc.seen.get(seat)?.userId
          return (
            userId && (
              <div key={userId} class="tile" style={at(slot)}>
                <TrtcTile trtc={trtc} seat={seat} userId={userId} />
              </div>
            )
          )
        })}
      {!mixed &&
        slots.length > 1 &&
        seen.map((place) => (
          <div key={place.slot} class="caption" style={at(place.slot)}>
            <Plate place={place} />
          </div>
        ))}
    </section>
  )
})

/** Who this is, and what of him is off. */
const Plate = observed<{ place: Place }>(({ place }) => {
  const { t } = useWords()
  const { user, me, micOff, cameraOff, quieted, state } = place
  return (
    <span class="plate" data-held={state === 'held'}>
      {(micOff || quieted.mic) && <Icon name="mic-off" />}
      {(cameraOff || quieted.camera) && <Icon name="camera-off" />}
      {me ? t('people.me') : user.name || t('person.unnamed')}
    </span>
  )
})
