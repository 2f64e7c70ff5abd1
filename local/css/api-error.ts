/** A refusal as the API words it: code of Tencent (documents of each action), message ours. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}
