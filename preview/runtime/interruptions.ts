import { Toggle } from './toggle'

/**
 * On while another app or the home screen is in front. Native parts (media tags, sockets) stop then: a pusher reports
 * code 5000. Switched by the phone's faults and capsule only.
 */
export const background = new Toggle()

/** On while the user is in a phone call, which takes the microphone and the loudspeaker: a pusher reports code 5001. */
export const phoneCall = new Toggle()
