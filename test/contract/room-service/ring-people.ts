import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import type { Caller } from '../../../cloudfunctions/core/ports'
import type { PhoneDoc, RingDoc } from '../../../cloudfunctions/core/ring/documents'
import { AGENT_BEAT_MS, type RingTarget, type RingView } from '../../../miniprogram/protocol/ring'
import { toldTo } from './link-people'
import { anna, bob, person, type World } from './world'

export const carol = person('openid-carol')
export const dave = person('openid-dave')
/** The queue that everybody may serve, and one that has agents of its own. */
export const desk = { queue: 'desk' }

/** What people do about rings, in the world of the moment. */
export function ringCalls(current: () => World) {
  const act = () => current().actions
  const rings = () => current().docs('rings') as RingDoc[]
  return {
    /** A call of this person, who rings nobody up yet. */
    openCall: async (who: Caller = anna, requestId = 'call-1', seats = 6): Promise<string> =>
      (await act().create(who, { title: 'A call', cover: 'jade', requestId, kind: 'call', seats })).room.roomId,
    /** A call that rings somebody up at once. */
    callUp: async (to: RingTarget, who: Caller = anna, requestId = 'call-1', note?: string): Promise<RingView> => {
      const ring = { to, ...(note === undefined ? {} : { note }) }
      const made = await act().create(who, { title: 'A call', cover: 'jade', requestId, kind: 'call', ring })
      if (!made.ring) throw new Error('nobody was rung up')
      return made.ring
    },
    invite: (roomId: string, to: RingTarget, who: Caller = anna, requestId = 'ring-1') =>
      act()['call.invite'](who, { roomId, to, requestId }),
    accept: (ringId: string, who: Caller = bob) => act()['call.accept'](who, { ringId }),
    refuse: (ringId: string, who: Caller = bob, busy = false) => act()['call.refuse'](who, { ringId, busy }),
    cancel: (ringId: string, who: Caller = anna) => act()['call.cancel'](who, { ringId }),
    status: (who: Caller = anna, ...ringIds: string[]) => act()['call.status'](who, { ringIds }),
    ready: (who: Caller = bob, ready = true, queue = 'desk') => act()['queue.ready'](who, { queue, ready }),
    rings,
    ring: (ringId: string): RingDoc => {
      const found = rings().find(({ _id }) => _id === ringId)
      if (!found) throw new Error(`no ring ${ringId}`)
      return found
    },
    /** Time goes by in beats, of those who are there. */
    pass: async (ms: number, there: { callers?: Caller[]; agents?: Caller[] } = {}): Promise<void> => {
      for (let left = ms; left > 0; left -= AGENT_BEAT_MS) {
        current().clock.now += Math.min(left, AGENT_BEAT_MS)
        for (const who of there.agents ?? []) await act()['queue.ready'](who, { ...desk, ready: true })
        for (const who of there.callers ?? []) await act()['call.status'](who, {})
      }
    },
    /** What this person was told about rings, in order. */
    news: (who: Caller) => toldTo(current(), who).flatMap((message) => (message.type === 'ring' ? [message.what] : [])),
    /** What must hold whatever happens. */
    consistent: () => {
      const world = current()
      const rooms = new Map((world.docs('rooms') as RoomDoc[]).map((room) => [room._id, room]))
      const open = rings().filter(({ endedAt }) => endedAt === 0)
      for (const { state, agentId, missedKey } of open) {
        expect(['waiting', 'ringing']).toContain(state)
        expect(agentId !== '').toBe(state === 'ringing')
        expect(missedKey).toBeUndefined()
      }
      const rung = open.flatMap(({ agentId }) => (agentId === '' ? [] : [agentId]))
      expect(new Set(rung).size).toBe(rung.length)
      for (const ring of rings()) {
        if (ring.state === 'accepted') expect(ring.agentId).not.toBe('')
        if (ring.endedAt !== 0) expect(ring.sweepAt).toBe(0)
      }
      return { rooms, open, phones: world.docs('phones') as PhoneDoc[] }
    },
  }
}
