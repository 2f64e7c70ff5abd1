import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { RoomState, RoomView } from '../../../miniprogram/protocol/room'
import { say } from '../../doctor/finding'
import { type DoorsOptions, Visitor } from '../doors'
import { fail, judge, type Outcome, type Probe, pass } from '../probe'

const SEQUENCE = 'smoke1'
const PAUSE_MS = 1000

export interface ShowOptions extends DoorsOptions {
  /** How long the sweeper may take to end a stopped room, ms. */
  patienceMs: number
  /** Ends the waiting early. */
  signal?: AbortSignal | undefined
}

/** Opens a room, hands it over, and closes it whatever happens. */
async function inRoom(
  options: ShowOptions,
  body: (visitor: Visitor, room: RoomView, stream: string) => Promise<Outcome>,
): Promise<Outcome> {
  const visitor = new Visitor(options)
  const { room, push } = await visitor.call('create', { title: 'smoke probe', cover: 'ocean', requestId: randomUUID() })
  try {
    return await body(visitor, room, push.url.split('?')[0]?.split('/').pop() ?? '')
  } finally {
    await visitor.call('close', { roomId: room.roomId }).catch(() => undefined)
  }
}

const stateOf = async (visitor: Visitor, roomId: string): Promise<RoomState | undefined> => {
  try {
    return (await visitor.call('sync', { roomId, version: 0 })).room?.state
  } catch (error) {
    if (error instanceof Error && error.message.endsWith(': room-closed')) return 'closed'
    throw error
  }
}

/** A whole show through the doors: create, callback 1, live, beat, close. */
export const show = (options: ShowOptions): Probe => ({
  name: 'show',
  title: say('一场直播：创建、回调、心跳、关闭', 'a show: create, callback, beat, close'),
  run: () =>
    inRoom(options, async (visitor, { roomId, epoch }, stream) => {
      const seen: (string | undefined)[] = []
      seen.push((await visitor.call('beat', { roomId, epoch, version: 0 })).room?.state)
      await visitor.tell(1, stream, SEQUENCE)
      seen.push((await visitor.call('beat', { roomId, epoch, version: 0 })).room?.state)
      const { rooms } = await visitor.call('list', {})
      const listed = rooms.some(({ room }) => room.roomId === roomId)
      seen.push((await visitor.call('close', { roomId })).room.state)
      const told = `${seen.join(' -> ')}, ${listed ? 'listed' : 'not listed'}`
      return judge(seen.join() === 'idle,live,closed' && listed, say(told, told))
    }),
})

/** A show whose stream stops, and whose anchor never comes back: the sweeper ends it. */
export const liveness = (options: ShowOptions): Probe => ({
  name: 'liveness',
  title: say('断流后没有人回来：由 sweeper 关闭', 'a stream stops and nobody comes back: the sweeper closes'),
  run: () =>
    inRoom(options, async (visitor, { roomId }, stream) => {
      await visitor.tell(1, stream, SEQUENCE)
      await visitor.tell(0, stream, SEQUENCE)
      const since = performance.now()
      const waited = () => Math.round((performance.now() - since) / 1000)
      while (performance.now() - since < options.patienceMs) {
        if ((await stateOf(visitor, roomId)) === 'closed')
          return pass(say(`${waited()} 秒后关闭`, `closed after ${waited()} s`))
        const rested = await pause(PAUSE_MS, true, { signal: options.signal }).catch(() => false)
        if (!rested) return { verdict: 'skip', seen: say('中途停止', 'stopped halfway') }
      }
      return fail(
        say(
          `${waited()} 秒后还没有关闭：看 sweeper 的定时触发器和日志，以及 GRACE_MS`,
          `not closed after ${waited()} s: see the timer and the log of sweeper, and GRACE_MS`,
        ),
      )
    }),
})
