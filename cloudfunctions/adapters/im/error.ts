/** ErrorCodes of Tencent's chat that are success for whoever asks twice. */
export const GROUP_IS_OURS = 10025
export const GROUP_IS_GONE = 10010

/** Codes whose documented advice is to try again; the request itself is right. */
const PASSING = new Set([10002, 20004, 20005, 60008, 70169, 70500, 90992, 90994, 90995, 91000])
/** Too many calls: trying again at once makes it worse. */
const TOO_MANY = new Set([10006, 60007, 60011, 60018, 60019])

const KEY_ADVICE = 'IM_SECRET_KEY is not the key of IM_SDK_APP_ID: copy both from the same application in the console'
const CLOCK_ADVICE = 'the signature is over: check the clock of this server'
const ADMIN_ADVICE = 'IM_ADMIN is not an administrator of the application: use the account that the console names'
const REQUEST_ADVICE =
  'the request could not be read: check that IM_REST_BASE leads to the chat service and to no proxy'
const RATE_ADVICE = 'too many calls in a second: call less often, or raise the limit of the plan'

/** What an operator does about a code (error code list of the Chat product, documents 269/1671 and 1047/34348). */
const ADVICE: Readonly<Record<number, string>> = {
  10004: 'a parameter is wrong: the ErrorInfo names it',
  10007: 'the account may not do this: check IM_ADMIN, and that the plan includes the call',
  10008: KEY_ADVICE,
  10010: 'the group does not exist any more: the room is over, or was made for another application',
  10015: 'the group id is not one that the chat service accepts',
  10021: 'the group id is taken by another owner: give IM_ADMIN the account that made the groups',
  10025: 'the group exists already and is ours: nothing to do',
  10026: 'this call is switched off for the application: ask for it in the console, or do without it',
  10036: 'the limit of live groups is reached: destroy old groups, or buy more of them',
  60002: REQUEST_ADVICE,
  60003: REQUEST_ADVICE,
  60004: ADMIN_ADVICE,
  60005: ADMIN_ADVICE,
  60006: 'IM_SDK_APP_ID is not a number of an application',
  60009: 'the call is unknown there: check IM_REST_BASE, and that the application lives in that region',
  60010: ADMIN_ADVICE,
  60012: 'IM_SDK_APP_ID is missing',
  60016: 'the application is disabled: see its state in the console',
  60020: 'the plan is over or suspended: see the console',
  60021: 'this server is not on the list of addresses that may call: add it in the console',
  70001: CLOCK_ADVICE,
  70003: KEY_ADVICE,
  70005: KEY_ADVICE,
  70009: KEY_ADVICE,
  70013: ADMIN_ADVICE,
  70014: 'the signature was made for another application: check IM_SDK_APP_ID',
  70020: 'no such application: check IM_SDK_APP_ID, and that IM_REST_BASE is the address of its region',
}

/** The chat service refused a call, or gave no clear answer to it. Its text holds no key and no signature. */
export class ImError extends Error {
  /**
   * @param service such as `group_open_http_svc/create_group`
   * @param code Tencent's ErrorCode; null when none came
   * @param what what came instead, or ErrorInfo
   * @param passing the same request may succeed a moment later
   */
  constructor(
    readonly service: string,
    readonly code: number | null,
    what: string,
    readonly passing = code !== null && PASSING.has(code),
  ) {
    const advice = code === null ? null : adviceFor(code)
    super(`${service}: ${code === null ? '' : `ErrorCode ${code} `}${what}${advice ? ` - ${advice}` : ''}`)
    this.name = 'ImError'
  }

  /** Refused because of how often, not because of what. */
  get tooMany(): boolean {
    return this.code !== null && TOO_MANY.has(this.code)
  }
}

const adviceFor = (code: number): string | undefined => ADVICE[code] ?? (TOO_MANY.has(code) ? RATE_ADVICE : undefined)
