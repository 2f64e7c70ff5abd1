const SECRET_ADVICE = 'check TENCENT_SECRET_ID and TENCENT_SECRET_KEY, and that their user may call this action'
const PLACE_ADVICE = 'LIVE_PUSH_DOMAIN or LIVE_APP is not one of this account: copy both from the console'
const VOD_ADVICE = 'recordings are kept by VOD: switch it on in the console, and see that the account is not in arrears'
const RATE_ADVICE = 'too many calls in a second: it is tried again later'
const MIX_ADVICE =
  'the streams could not be mixed: see that mixing is on for this account, and how many mixes it allows'

/**
 * What an operator does about a code, by its beginning, the first that fits (common codes: document 267/20458; those of
 * the actions: the lists beside each).
 */
const ADVICE: readonly (readonly [prefix: string, advice: string])[] = [
  ['AuthFailure.SignatureExpire', 'the clock of this server is wrong by more than five minutes'],
  ['AuthFailure', SECRET_ADVICE],
  ['UnauthorizedOperation', SECRET_ADVICE],
  ['RequestLimitExceeded', RATE_ADVICE],
  ['ResourceUnavailable.InvalidVodStatus', VOD_ADVICE],
  ['LimitExceeded.MaximumRunningTask', 'too many recordings at once: ask for more, or record fewer rooms'],
  ['InvalidParameterValue.SubAppId', 'VOD_SUB_APP_ID is not an application of this account'],
  ['InvalidParameter.SessionOutOfLimit', MIX_ADVICE],
  ['InvalidParameter.StateError', MIX_ADVICE],
  ['FailedOperation.GetStreamResolutionError', 'the streaming cloud knows no size of an input yet: tried again later'],
  ['ResourceNotFound', PLACE_ADVICE],
  ['InternalError', 'a fault at the streaming cloud: it is tried again later'],
]

const NO_ANSWER = 'check LIVE_API_ENDPOINT, LIVE_API_PROTOCOL and the network'

/** The streaming cloud, or VOD, refused a call or gave no clear answer. Its text holds no key. */
export class CssError extends Error {
  /**
   * @param action such as `CreateRecordTask`
   * @param code Tencent's; null when none came
   * @param what Tencent's message, or what came instead
   */
  constructor(
    readonly action: string,
    readonly code: string | null,
    what: string,
  ) {
    const advice = code === null ? NO_ANSWER : ADVICE.find(([prefix]) => code.startsWith(prefix))?.[1]
    super(`${action}: ${code === null ? '' : `${code} `}${what}${advice ? ` - ${advice}` : ''}`)
    this.name = 'CssError'
  }
}

/** Swallows a refusal whose code begins with one of these: what was asked for is so already. */
export const unless =
  (...prefixes: string[]) =>
  (error: unknown): void => {
    const code = error instanceof CssError ? error.code : null
    if (code === null || !prefixes.some((prefix) => code.startsWith(prefix))) throw error
  }
