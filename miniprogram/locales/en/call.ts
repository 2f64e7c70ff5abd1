import type { Section } from '../dictionary'
import type { call as zh } from '../zh-CN/call'

/** A call, where its words differ from those of a show. */
export const call: Section<typeof zh> = {
  'callFault.pusher-busy.title': 'The camera is in use elsewhere',
  'callFault.pusher-busy.advice': 'End the show or call there first, then try again.',
  'callFault.already-live.title': 'You have another room open',
  'callFault.already-live.advice': 'Tap “Rejoin” to go back to it. End it before you start a new call.',
  'callFault.room-closed.title': 'The call has ended',
  'callFault.room-closed.advice': 'You can start another one at any time.',
  'callFault.not-found.title': 'This call was not found',
  'callFault.not-found.advice': 'It may be over, or the link is incomplete.',
  'callFault.forbidden.title': 'You cannot join this call',
  'callFault.forbidden.advice': 'If you have questions, ask the person who started it.',
  'callFault.banned.title': 'You cannot join this call',
  'callFault.banned.advice': 'The host or the platform does not let you in.',
  'callFault.removed.title': 'You were removed from the call',
  'callFault.removed.advice': 'The host has removed you from this call.',
  'callFault.full.title': 'The call is full',
  'callFault.full.advice': 'Try again when somebody has left.',
}
