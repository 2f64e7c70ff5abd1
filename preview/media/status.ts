import { speakers } from './speakers'
import { anyHeld, onTracksChange, releaseAll } from './tracks'

/** What this phone's media is doing: for tests, for the shell and for the recording dot. */
export interface PhoneMedia {
  readonly cameraOn: boolean
  readonly micOn: boolean
  readonly pushing: boolean
  /** Players that show a moving picture or play sound. */
  readonly playing: number
  readonly speakerOn: boolean
  setSpeaker(on: boolean): void
  /** @returns a function that ends the subscription */
  onChange(listener: () => void): () => void
}

const pushing = new Set<object>()
const playing = new Set<object>()
const listeners = new Set<() => void>()

function changed(): void {
  for (const listener of listeners) listener()
}
onTracksChange(changed)
speakers.onChange(changed)

/** Marks an owner as pushing or playing, or not any more. */
export function mark(kind: 'pushing' | 'playing', owner: object, active: boolean): void {
  const owners = kind === 'pushing' ? pushing : playing
  if (owners.has(owner) === active) return
  if (active) owners.add(owner)
  else owners.delete(owner)
  changed()
}

export const phoneMedia: PhoneMedia = {
  get cameraOn() {
    return anyHeld('video')
  },
  get micOn() {
    return anyHeld('audio')
  },
  get pushing() {
    return pushing.size > 0
  },
  get playing() {
    return playing.size
  },
  get speakerOn() {
    return speakers.on
  },
  setSpeaker: (on) => speakers.set(on),
  onChange(listener) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

// The build loads the builtins in Node to read their properties, where there is no window.
if (typeof window !== 'undefined') {
  // A page that goes away (closed, reloaded, killed) must leave no light on, whatever its tags managed to do.
  window.addEventListener('pagehide', releaseAll)
}
