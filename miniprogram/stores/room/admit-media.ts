import type { Device, Permission, PermissionAnswer } from '../../services/device/port'
import type { Scope } from '../scope'
import { type FaultCode, fault, type RoomFault } from './fault'

const DENIED = {
  microphone: 'permission-microphone',
  camera: 'permission-camera',
} as const satisfies Record<Permission, FaultCode>

const codeOf = (permission: Permission, answer: Exclude<PermissionAnswer, 'granted'>) =>
  answer === 'denied' ? DENIED[permission] : answer === 'privacy-undeclared' ? answer : 'privacy'

/**
 * What has to be open before a pusher tag may be mounted, asked for in this order (P85): the platform itself, the privacy
 * guideline, the microphone, and where there is to be a picture the camera. Returns what is not, or null. Whoever is told asks again only when the user says so,
 * or comes back: a permission that was denied once opens no dialog (P83, P86).
 */
export async function admitMedia(device: Device, scope: Scope, picture: () => boolean): Promise<RoomFault | null> {
  if (device.mediaGap === 'library') return fault('capability-library')
  for (const permission of ['microphone', 'camera'] as const) {
    if (permission === 'camera' && !picture()) continue
    const answer = await device.permissions.ensure(permission)
    if (scope.ended) return null
    if (answer !== 'granted') return fault(codeOf(permission, answer))
  }
  return null
}

/** What the settings page may have changed while the user was away; to look again opens no dialog. */
export const mendedAway = (found: RoomFault | null): boolean =>
  found?.code === 'permission-camera' || found?.code === 'permission-microphone'
