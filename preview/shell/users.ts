import { callRoom } from './room-call'

/** Stand-ins of OPENIDs, in the order in which phones are added. */
const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi']
export const MAX_PHONES = NAMES.length

export const nameOf = (user: string): string => user.charAt(0).toUpperCase() + user.slice(1)

/** The first user who has no phone yet. */
export const freeUser = (taken: readonly string[]): string | undefined => NAMES.find((name) => !taken.includes(name))

/** Users of the page's address: `?phones=3`, `?user=dave`, `?user=alice,bob`. Two phones when it says nothing. */
export function usersOf(search: string): string[] {
  const query = new URLSearchParams(search)
  const named = (query.get('user') ?? '').split(',').filter((user) => /^[\w-]{1,32}$/.test(user))
  const wanted = Number.parseInt(query.get('phones') ?? '', 10) || Math.max(named.length, 2)
  const users = [...new Set(named)].slice(0, MAX_PHONES)
  for (let next = freeUser(users); next && users.length < Math.min(wanted, MAX_PHONES); next = freeUser(users)) {
    users.push(next)
  }
  return users.slice(0, Math.max(1, wanted))
}

const NAME_WITHIN_MS = 2000

/** Gives a new user a name before its phone starts. A server that does not answer only leaves the name empty. */
export async function introduce(user: string): Promise<void> {
  const named = callRoom(user, 'login', {}).then(async ({ me }) => {
    if (!me.name) await callRoom(user, 'profile', { name: nameOf(user) })
  })
  const patience = new Promise<void>((resolve) => setTimeout(resolve, NAME_WITHIN_MS))
  await Promise.race([named.catch(() => {}), patience])
}
