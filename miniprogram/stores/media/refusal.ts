import type { Bar } from './publisher-model'

/**
 * Whether a failure of a native call means that the platform bars this mini program from the media tags, and why. There is
 * no code for it (P1), so here, and only here, words are read: "jsapi has no permission", "access denied", "api scope is not
 * declared in the privacy agreement". In the background the same words mean the background only (P8).
 */
export function barOf(error: unknown): Bar | null {
  const { errno, errMsg, message } = (error ?? {}) as Record<string, unknown>
  const words = String(errMsg ?? message ?? '').toLowerCase()
  if (/runningstate=background|errno ?102/.test(words) || errno === 102) return null
  if (errno === 112 || /not declared in the privacy/.test(words)) return 'privacy-undeclared'
  if (errno === 104 || /privacy permission is not authorized/.test(words)) return 'privacy'
  return /no permission|access denied|not authorized|permission denied by admin/.test(words)
    ? 'capability-account'
    : null
}
