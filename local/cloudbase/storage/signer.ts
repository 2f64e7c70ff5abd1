import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** What a signature allows with one file. */
export type Use = 'get' | 'put'

/** Signs the use of a file until a moment: `sign=<hex>&t=<unix s>`, as the temporary URLs of CloudBase look. */
export class Signer {
  constructor(private readonly secret: string) {}

  /** @param until unix seconds */
  query(use: Use, path: string, until: number): string {
    return `sign=${this.mac(use, path, String(until))}&t=${until}`
  }

  /** @param now ms */
  holds(use: Use, path: string, query: URLSearchParams, now: number): boolean {
    const until = query.get('t') ?? ''
    const want = Buffer.from(this.mac(use, path, until))
    const got = Buffer.from(query.get('sign') ?? '')
    return got.length === want.length && timingSafeEqual(got, want) && now < Number(until) * 1000
  }

  private mac(use: Use, path: string, until: string): string {
    return createHmac('sha256', this.secret).update(`${use}\n${path}\n${until}`).digest('hex')
  }
}

/** The secret of this folder's URLs, made on the first start, so that a URL outlives a restart. */
export function loadSecret(file: string): string {
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readFileSync(file, 'utf8')
  if (!/^[0-9a-f]{64}$/.test(secret))
    throw new Error(`${file} is damaged; delete it, and URLs made before stop working`)
  return secret
}
