/** Error codes of Tencent's Chat REST API (error code list of the product) that this subset answers with. */
export const REST_ERROR = {
  badRequest: 60002,
  badJson: 60003,
  noAccount: 60004,
  unknownCommand: 60009,
  notAdministrator: 60010,
  noSdkAppId: 60012,
  unknownSdkAppId: 70020,
  badParameter: 10004,
  tooManyAccounts: 10005,
  noSuchGroup: 10010,
  badGroupId: 10015,
  muted: 10017,
  groupIdTaken: 10021,
  groupIdTakenByOwner: 10025,
  tooLong: 80002,
  badMessage: 90001,
} as const

/** A refusal on Tencent's wire: HTTP 200 with an `ErrorCode`. */
export class RestError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
    this.name = 'RestError'
  }
}
