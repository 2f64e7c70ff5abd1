import type { Caller, Deps } from './ports'
import { Refusal } from './refusal'

/** The one field that says who somebody is; everything else is said about a show. */
const PROFILE_FIELD = 'name'

/**
 * Refuses text that others should not read: `text-refused` names the first such field. Absent and empty fields pass
 * unasked. While the checker does not answer, `config.textFailClosed` decides: `unavailable`, or passed and logged.
 */
export async function checkText(
  { text, config, log }: Pick<Deps, 'text' | 'config' | 'log'>,
  caller: Caller,
  fields: Record<string, string | undefined>,
): Promise<void> {
  const said = Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const openid = caller.openid ?? null
  const verdicts = await Promise.all(
    said.map(async ([field, words]) => {
      try {
        const fine = await text.passes(words, { openid, scene: field === PROFILE_FIELD ? 'profile' : 'title' })
        return { field, is: fine ? 'fine' : 'refused' } as const
      } catch (error) {
        log(`the text check did not answer about ${field}`, error)
        return { field, is: 'unknown' } as const
      }
    }),
  )
  // A clear no is said even where another field stays unknown.
  const refused = verdicts.find(({ is }) => is === 'refused')
  if (refused) throw new Refusal('text-refused', 'this text may not be shown', { field: refused.field })
  if (config.textFailClosed && verdicts.some(({ is }) => is === 'unknown')) {
    throw new Refusal('unavailable', 'the text check did not answer')
  }
}
