/**
 * Every camera and microphone track this page holds. A track that is not released keeps the device's light on, so
 * there is one book of them, and `releaseAll` closes it.
 */
const held = new Set<MediaStreamTrack>()
const listeners = new Set<() => void>()
const changed = () => {
  for (const listener of listeners) listener()
}

/** Enters a track in the book; it leaves by `release`, or by ending on its own. */
export function hold(track: MediaStreamTrack): MediaStreamTrack {
  held.add(track)
  track.addEventListener('ended', () => {
    if (held.delete(track)) changed()
  })
  changed()
  return track
}

export function release(track: MediaStreamTrack | null | undefined): void {
  if (!track) return
  track.stop()
  if (held.delete(track)) changed()
}

/** The last resort at page unload and when the app is killed. */
export function releaseAll(): void {
  for (const track of [...held]) release(track)
}

export const anyHeld = (kind: 'video' | 'audio'): boolean => [...held].some((track) => track.kind === kind)

/** Calls back on every change; returns the way out. */
export function onTracksChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
