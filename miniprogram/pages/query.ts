/** A room id as the room service makes them; anything else in a link is no room (M26). */
const ROOM_ID = /^[\w-]{1,64}$/

/** The room id of a page's query, or '' when it is missing or misshapen. Pages get their values encoded or not. */
export function roomIdOf(query: Record<string, string | undefined>): string {
  let value = query.roomId ?? ''
  try {
    value = decodeURIComponent(value)
  } catch {
    return ''
  }
  return ROOM_ID.test(value) ? value : ''
}

/** The address of a page, for one room. */
export const pageFor = (page: 'room' | 'anchor', roomId: string): string =>
  `/pages/${page}/${page}?roomId=${encodeURIComponent(roomId)}`

export const HOME = '/pages/home/home'

/** Back to where the user came from; to the home page when this page was the first one. */
export function goBack(): void {
  if (getCurrentPages().length > 1) wx.navigateBack()
  else wx.reLaunch({ url: HOME })
}
