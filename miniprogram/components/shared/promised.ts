interface Settle {
  success: () => void
  fail: (e: { errMsg: string }) => void
}

/** A promise for a platform call that reports through `success` and `fail`. */
export const promised = (call: (option: Settle) => void) =>
  new Promise<void>((success, reject) => call({ success, fail: (e) => reject(new Error(e.errMsg)) }))
