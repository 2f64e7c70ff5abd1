import type { Snapshot } from '../../stores/media/handles'

interface Settle<T> {
  success: (answer: T) => void
  fail: (e: { errMsg: string }) => void
}

/** A promise for the answer of a platform call that reports through `success` and `fail`. */
export const answered = <T>(call: (option: Settle<T>) => void) =>
  new Promise<T>((success, reject) => call({ success, fail: (e) => reject(new Error(e.errMsg)) }))

/** The same for a call that only says that it is done. */
export const promised = (call: (option: Settle<unknown>) => void): Promise<void> => answered(call).then(() => {})

/** The answer of a `snapshot`; sizes come as text on some clients. */
export const snapshotOf = (still: { tempImagePath: string; width: unknown; height: unknown }): Snapshot => ({
  path: still.tempImagePath,
  width: Number(still.width) || 0,
  height: Number(still.height) || 0,
})
