/** Ids as the room service and the streaming cloud make them; anything else in a link names nothing (M26). */
const ID = /^[\w-]{1,64}$/

type Query = Record<string, string | undefined>

/** An id of a page's query, or '' when it is missing or misshapen. Pages get their values encoded or not. */
function idOf(query: Query, name: string): string {
  try {
    const value = decodeURIComponent(query[name] ?? '')
    return ID.test(value) ? value : ''
  } catch {
    return ''
  }
}

export const roomIdOf = (query: Query): string => idOf(query, 'roomId')
export const ringIdOf = (query: Query): string => idOf(query, 'ringId')
/** Whom a link rings up. */
export const numberOf = (query: Query): string => idOf(query, 'ring')
/** Name of a layout, and of a quality. */
export const templateOf = (query: Query): string => idOf(query, 'template')
export const qualityOf = (query: Query): string => idOf(query, 'quality')
export const recordingIdOf = (query: Query): string => idOf(query, 'recordingId')

/** The address of a page, for one room. */
export const pageFor = (page: 'room' | 'anchor' | 'call', roomId: string): string =>
  `/pages/${page}/${page}?roomId=${encodeURIComponent(roomId)}`

/** The address of a call that answers a ring. */
export const ringPageFor = (ringId: string): string => `/pages/call/call?ringId=${encodeURIComponent(ringId)}`

/** The address of a recording. */
export const replayPageFor = (recordingId: string): string =>
  `/pages/replay/replay?recordingId=${encodeURIComponent(recordingId)}`

export const HOME = '/pages/home/home'

/** Back to where the user came from; to the home page when this page was the first one. */
export function goBack(): void {
  if (getCurrentPages().length > 1) wx.navigateBack()
  else wx.reLaunch({ url: HOME })
}
