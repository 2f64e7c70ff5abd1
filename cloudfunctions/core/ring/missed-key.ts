/** What a cursor of such a list holds. */
export const MISSED_KEY = /^\d{15}-g[0-9a-f]{24}$/

/** The lowest place of a moment (ms) in every list of missed calls. */
export const missedFrom = (at: number): string => String(at).padStart(15, '0')

/** Where a missed call stands in every list: by its end, then by its id. */
export const missedKeyOf = (at: number, ringId: string): string => `${missedFrom(at)}-${ringId}`
