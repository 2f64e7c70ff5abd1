import type { Publisher } from '../media/publisher'
import type { Side } from './side'
import type { RoomStage } from './stage/stage'

type Happening = { type: 'again' | 'hide' | 'show' | 'online' }

/** What happens to the phone happens to its camera and to what it plays, whoever its user is in the room. */
export abstract class MediaSide implements Pick<Side, 'again' | 'hide' | 'show' | 'online' | 'call'> {
  protected abstract get publisher(): Publisher
  protected abstract get stage(): Pick<RoomStage, 'dispatch'>

  again(): void {
    this.dispatch({ type: 'again' })
  }
  hide(): void {
    this.dispatch({ type: 'hide' })
  }
  show(): void {
    this.dispatch({ type: 'show' })
  }
  online(): void {
    this.dispatch({ type: 'online' })
  }
  call(phase: 'begin' | 'end'): void {
    this.publisher.dispatch({ type: 'call', phase })
    if (phase === 'end') this.stage.dispatch({ type: 'show' })
  }

  private dispatch(happening: Happening): void {
    this.publisher.dispatch(happening)
    this.stage.dispatch(happening)
  }
}
