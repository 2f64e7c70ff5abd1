import { type PhoneMedia, phoneMedia } from '../../media/status'

/** Puts the status of the media where the shell and tests look for it. */
function expose(): void {
  if (window.__phone) Object.defineProperty(window.__phone, 'media', { value: phoneMedia })
}

declare module '../phone' {
  interface Phone {
    readonly media?: PhoneMedia
  }
}

// The build loads the builtins in Node to read their properties, where there is no window.
if (typeof window !== 'undefined') {
  // The phone is set at the end of the script that loads this one, in the same task.
  queueMicrotask(expose)
}
