import type { ChatCredentials, Output } from '../../protocol/actions'
import type { RoomView, ShowSummary } from '../../protocol/room'
import type { RoomApi } from '../../services/room-api/port'
import type { RetryPlan } from '../retry-plan'
import type { Scope } from '../scope'
import type { RoomFault } from './fault'
import type { RoomStage } from './stage/stage'
import type { Truth, Visit } from './visit'

export type Admission = Output<'enter'> | Output<'resume'>

export interface SideDeps {
  scope: Scope
  api: RoomApi
  retry: RetryPlan
  /** Trouble with the media, or null when they are well. */
  onFault(fault: RoomFault | null): void
  log(message: string): void
  room(): RoomView | null
  visit(): Visit | null
  readonly stage: RoomStage
}

/** What being an anchor or a viewer makes different in a room. */
export interface Side {
  readonly rhythm: 'heartbeatMs' | 'pollMs'
  /** This user has opened the room. */
  readonly owner: boolean
  /** What is needed before a room may be opened; the reason why not, or null. */
  ready(): Promise<RoomFault | null>
  admitted(admission: Admission): void
  question(roomId: string, version: number): Promise<Truth>
  /** The figures of a room that is over. Rejects when they cannot be had. */
  figures(roomId: string): Promise<ShowSummary | null>
  changed(room: RoomView, before: RoomView): void
  /** Why this phone has no place in the room any more, or null. */
  lost(room: RoomView, before: RoomView): RoomFault | null
  /** Another login to the chat; changes nothing else. Rejects with RoomApiError. */
  freshChat(roomId: string): Promise<ChatCredentials>
  answered(truth: Truth): void
  unsettled(): boolean
  /** Tries the media again. */
  again(): void
  hide(): void
  show(): void
  online(): void
  call(phase: 'begin' | 'end'): void
  /** Media off, and nothing kept. */
  release(): void
}
