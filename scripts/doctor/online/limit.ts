/** One online check may take this long. */
export const LIMIT_MS = 10_000

/** What did not answer in time. */
export class Silence extends Error {}

/** The outcome of `work`, or a Silence after `limitMs`. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence(`no answer within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** Why a connection failed, without the address: it may hold a signature. */
export function causeOf(error: unknown): string {
  if (error instanceof Silence) return error.message
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  const name = [cause?.code, code].find((value) => typeof value === 'string')
  return typeof name === 'string' ? name : 'unreachable'
}
