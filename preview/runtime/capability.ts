import { WxError } from './wx/error'

/**
 * What the platform bars this mini program from, as `?capability=` says: `account` refuses every call of a media tag, as where
 * the category or the switch in the console is missing; `silent` answers none of them; `library` is a WeChat without the
 * tags; `undeclared` a privacy guideline that names neither camera nor microphone.
 */
export type Barrier = 'account' | 'silent' | 'library' | 'undeclared'

export const barrier = (): string => new URLSearchParams(globalThis.location?.search ?? '').get('capability') ?? ''

/** A media tag that does nothing and says nothing. Null where the tags work. */
export function barredTag(methods: readonly string[]) {
  const kind = barrier()
  if (kind !== 'account' && kind !== 'silent') return null
  const call = () => {
    if (kind === 'silent') return new Promise<never>(() => {})
    throw new WxError('jsapi has no permission, runningState=foreground')
  }
  return { update() {}, detach() {}, methods: Object.fromEntries(methods.map((name) => [name, call])) }
}
