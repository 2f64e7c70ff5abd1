import type { rightsOver } from '../../../miniprogram/stores/room/people/rights'
import type { Seen } from './part'

const nothing = () => {}

/** The parts of a room that are about its people and its stage, where nothing goes on; acts are written down by `note`. */
export function fakePeople(seen: Seen, note: (name: string) => (...args: never[]) => unknown = () => nothing) {
  const acts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, note(name)]))
  const link = Object.assign(
    seen({ state: { phase: 'off' }, ended: null, problem: null, possible: true, busy: false }),
    acts('request', 'cancel', 'accept', 'decline', 'confirm', 'leave', 'setMicOff', 'setCameraOff', 'forget'),
  )
  const desk = Object.assign(
    seen({ mine: false, requests: [], invitations: [], freeSeats: 3, problem: null }),
    acts('accept', 'reject', 'invite', 'uninvite', 'kick', 'quiet', 'lock'),
    { forget: nothing },
  )
  const members = Object.assign(
    seen({ items: [], state: 'ready', busy: false, hasMore: false }),
    acts('refresh', 'more'),
  )
  const sanctions = Object.assign(seen({ people: [], state: 'none' }), acts('look'), {
    refresh: note('sanctions'),
    of(userId: string): unknown {
      return sanctions.people.find(({ user }: { user: { userId: string } }) => user.userId === userId) ?? null
    },
    // biome-ignore lint/suspicious/noExplicitAny: a model whose every field a test may overwrite
  }) as any
  const people = Object.assign(
    seen({ mine: false, muteAll: false, problem: null, busy: [] as string[] }),
    acts('mute', 'setMuteAll', 'remove', 'ban', 'setAdmin'),
    {
      members,
      sanctions,
      forget: nothing,
      isBusy: (userId = ''): boolean => people.busy.includes(userId),
      rightsOver: (): ReturnType<typeof rightsOver> => ({ order: false, office: false, invite: false }),
    },
    // biome-ignore lint/suspicious/noExplicitAny: see above
  ) as any
  const stage = seen({ camera: null, places: [], tiles: [], mixed: false, limit: 6 })
  return { link, desk, people, stage }
}
