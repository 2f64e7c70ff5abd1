import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { parseStream } from '../../../cloudfunctions/core/ids'
import type { Deps } from '../../../cloudfunctions/core/ports'
import { createRoomService, type RoomService } from '../../../cloudfunctions/core/service'
import { WireError, type WriteOp } from '../../../local/cloudbase'
import { openWorld, type World } from './world'

/** How the next writes to the database go wrong: after so many that go well, one goes like this. */
export interface WriteFault {
  skip: number
  /** `refused`: not applied. `unanswered`: applied, and nobody is told. `dies`: every function that runs dies there. */
  how: 'refused' | 'unanswered' | 'dies before' | 'dies after'
  code: 'SYS_ERR' | 'SERVER_TIMEOUT' | 'DATABASE_REQUEST_FAILED'
}

/** A call of one function that dies: in its n-th call to the database (0 is the first), before it is carried out or after. */
export interface Death {
  at: number
  when: 'before' | 'after'
}

/** How the vendors are: those `down` do not answer, those `lossy` do what they are told, and the answer is lost. */
export interface Weather {
  down: string[]
  lossy: string[]
}

/** Something broke that this test broke. */
export class Broken extends Error {}

/** One call of a function: a process of its own, that may die. */
interface Life {
  alive: boolean
}

/** A world in which whatever can break does so when told to. */
export interface ChaosWorld {
  world: World
  /** Every stream that was ever in the document of a room that is still there, in order. */
  streams: string[]
  /** Streams that the streaming cloud lets nobody push. */
  blocked: Set<string>
  weather: Weather
  fault: WriteFault | null
  /** Callbacks that were not answered well: the streaming cloud repeats them. */
  untold: (() => Promise<void>)[]
  rooms(): RoomDoc[]
  /** One call of a function, as a process of its own; `death`: where it dies, if it does. */
  call<T>(work: (service: RoomService) => Promise<T>, death?: Death | null): Promise<T>
}

const streamsOf = (room: RoomDoc): string[] =>
  [room.stream, ...Object.values(room.seats).map(({ stream }) => stream), ...room.forbid].filter((name) => name !== '')

export async function openChaos(): Promise<ChaosWorld> {
  const lives = new Set<Life>()
  const known = new Set<string>()

  const strike = (fault: WriteFault): never => {
    chaos.fault = null
    if (fault.how.startsWith('dies')) for (const life of lives) life.alive = false
    throw new WireError(fault.code, 'broken by a test')
  }
  const look = (op: WriteOp): void => {
    const rooms = chaos.rooms()
    for (const room of rooms) for (const name of streamsOf(room)) known.add(name)
    if (op !== 'remove') return
    // A room that could not be opened is taken back: its stream was given to nobody.
    const left = new Set(rooms.map(({ _id }) => _id))
    for (const name of known) if (!left.has(parseStream(name)?.roomId ?? '')) known.delete(name)
  }
  const onBeforeWrite = (): void => {
    const { fault } = chaos
    if (!fault) return
    if (fault.skip-- > 0) return
    if (fault.how === 'refused' || fault.how === 'dies before') strike(fault)
  }
  const onAfterWrite = (collection: string, op: WriteOp): void => {
    if (collection === 'rooms') look(op)
    const { fault } = chaos
    if (fault && fault.skip < 0) strike(fault)
  }
  const world = await openWorld(':memory:', { onBeforeWrite, onAfterWrite })

  /** A port whose calls fail once the process is dead, and as `around` says. */
  const guarded = <T extends object>(port: T, life: Life, around: Around): T =>
    new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>
        return async (...args: unknown[]) => {
          if (!life.alive) throw new Broken('dead')
          const result = await around(String(name), () => method(...args))
          if (!life.alive) throw new Broken('dead')
          return result
        }
      },
    })
  const blown: Around = async (name, run) => {
    const { down, lossy } = chaos.weather
    if (down.includes(name)) throw new Broken(`${name} is down`)
    const result = await run()
    if (lossy.includes(name)) throw new Broken(`the answer of ${name} is lost`)
    return result
  }

  const processWith = (life: Life, death: Death | null): RoomService => {
    let calls = 0
    const mortal: Around = async (_name, run) => {
      const mine = calls++ === death?.at
      if (mine && death.when === 'before') die(life)
      const result = await run()
      return mine ? die(life) : result
    }
    const { store, streaming, chat, text } = world.deps
    const deps: Deps = {
      ...world.deps,
      store: guarded(store, life, mortal),
      streaming: guarded(streaming, life, blown),
      chat: guarded(chat, life, blown),
      text: guarded(text, life, blown),
    }
    return createRoomService(deps)
  }

  const blocked = new Set<string>()
  const { streaming } = world.vendors
  const { forbid, allow } = streaming
  Object.assign(streaming, {
    forbid: async (stream: string) => {
      await forbid(stream)
      blocked.add(stream)
    },
    allow: async (stream: string) => {
      await allow(stream)
      blocked.delete(stream)
    },
  })

  const chaos: ChaosWorld = {
    world,
    get streams() {
      return [...known]
    },
    blocked,
    weather: { down: [], lossy: [] },
    fault: null,
    untold: [],
    rooms: () => world.docs('rooms') as RoomDoc[],
    async call(work, death = null) {
      const life: Life = { alive: true }
      lives.add(life)
      try {
        return await work(processWith(life, death))
      } finally {
        // What it has left running is over with it.
        life.alive = false
        lives.delete(life)
      }
    },
  }
  return chaos
}

type Around = (name: string, run: () => Promise<unknown>) => Promise<unknown>

function die(life: Life): never {
  life.alive = false
  throw new Broken('dead')
}

/** Something went wrong because this test wanted it to. */
export function isBroken(error: unknown): boolean {
  return error instanceof Broken || (error instanceof Error && error.message.includes('broken by a test'))
}
