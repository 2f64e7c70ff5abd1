/** What a user wants to be reminded of. */
export interface Appointment {
  title: string
  /** ms since the epoch. */
  opensAt: number
}

/**
 * `message`: the user takes one message of the mini program, which a server of the operator's sends. `calendar`: it is in
 * the phone's calendar. `refused`: the user does not want it. `unsupported`: this phone can do neither.
 */
export type Reminded = 'message' | 'calendar' | 'refused' | 'unsupported'

/** Ways to come back in time. */
export interface Reminders {
  /** To be called in a tap. Never rejects. */
  remind(appointment: Appointment): Promise<Reminded>
}
