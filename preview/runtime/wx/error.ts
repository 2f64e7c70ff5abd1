/** A failure of a wx API. The reason follows `fail` in `errMsg`: `navigateTo:fail page "x" is not found`. */
export class WxError extends Error {
  constructor(
    readonly reason: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(reason)
  }
}
