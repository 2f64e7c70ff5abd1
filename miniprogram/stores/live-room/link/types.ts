import type { RoomFault } from '../../room/fault'

/** Why a viewer is not, or no longer, on stage. */
export type LinkEnd =
  | 'rejected' // the anchor said no; `reason` has his words
  | 'expired' // nobody answered in time
  | 'withdrawn' // the anchor took his invitation back
  | 'not-confirmed' // the seat was held, and its holder did not come in time
  | 'kicked' // sent back by the anchor
  | 'elsewhere' // the same user took the seat on another device
  | 'lost' // the server freed the seat: gone for too long

/**
 * Where a viewer stands on his way to the stage. Times are local (ms), for count-downs.
 *
 * `off -> asking -> waiting -> held -> joining -> on -> off`, and `off -> invited -> held`. `held`: a seat is his; he sees
 * himself and says that he is ready (`confirm`); `endsAt` is null while the seat still runs from before a restart of the app.
 * `joining`: his picture is on its way.
 */
export type LinkState =
  | { readonly phase: 'off' }
  | { readonly phase: 'asking' }
  | { readonly phase: 'waiting'; readonly linkId: string; readonly position: number; readonly endsAt: number }
  | { readonly phase: 'invited'; readonly linkId: string; readonly endsAt: number }
  | { readonly phase: 'held'; readonly seat: number; readonly endsAt: number | null }
  | { readonly phase: 'joining'; readonly seat: number }
  | { readonly phase: 'on'; readonly seat: number }

/** A viewer's way to the stage and back. Actions never reject; a second tap joins the first. Observable: all fields. */
export interface LinkMic {
  readonly state: LinkState
  /** Why the last way ended; null once another one begins or `forget` was called. */
  readonly ended: { readonly why: LinkEnd; readonly reason: string } | null
  /** What went wrong with the last action, for a line beside the button. */
  readonly problem: RoomFault | null
  /** The room has a stage, it is on, and there is no seat in use by this user. */
  readonly possible: boolean
  readonly busy: boolean
  request(): Promise<void>
  /** Takes the request back. */
  cancel(): Promise<void>
  /** The answer to an invitation; a stale one does nothing. */
  accept(): Promise<void>
  decline(reason?: string): Promise<void>
  /** Goes on stage from `held`: permissions, camera, push. On stage: tries camera and push again after a `problem`. */
  confirm(): Promise<void>
  /** Off the stage, or gives the held seat back. Camera and microphone are off at once. */
  leave(): Promise<void>
  setMicOff(off: boolean): void
  setCameraOff(off: boolean): void
  forget(): void
}
