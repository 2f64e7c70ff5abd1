import { parseStream } from '../../../cloudfunctions/core/ids'
import { pictureOf } from '../../../cloudfunctions/core/mixing/layout'
import fc from '../../support/property'
import { type Crash, dying } from './crashes'
import { crowd, goOnStage } from './link-people'
import { anna, bob, GRACE_MS, liveRoom, openWorld, person, type World } from './world'

const TURN_MS = 15_000
const LOOK_MS = 60_000

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const carol = person('openid-carol')
/** On stage, and pushing. */
const links = async (roomId: string, who = bob) => {
  const { stream } = await goOnStage(world, roomId, who)
  return stream
}
const leaves = (roomId: string, who = bob) => world.actions['seat.leave'](who, { roomId })
const mixes = () => [...world.vendors.mixes]
const streams = () => mixes().map(([, { layout }]) => layout.tiles.map(({ stream }) => stream))
/** Calls of the streaming cloud about mixes from now on, in order. */
const watchCalls = () => {
  const calls: ('mix' | 'end')[] = []
  const { mix, endMix } = world.vendors.streaming
  world.vendors.streaming.mix = (...args) => {
    calls.push('mix')
    return mix(...args)
  }
  world.vendors.streaming.endMix = (...args) => {
    calls.push('end')
    return endMix(...args)
  }
  return calls
}
const pass = (ms = 1000) => {
  world.clock.now += ms
}
const flv = async (roomId: string) => (await world.actions.sync(carol, { roomId, version: 0 })).play.flv

/** What the streaming cloud mixes must be what is to be seen, and viewers be sent to it. */
const consistent = async (roomId: string) => {
  const room = await world.room(roomId)
  const picture = pictureOf(room)
  expect(mixes().map(([session, { layout }]) => [session, layout])).toEqual(
    picture ? [[`mix_${roomId}`, picture.layout]] : [],
  )
  expect(room.mixLayout).toBe(picture?.key ?? '')
  expect(room.mix).toBe(picture ? mixes()[0]?.[1].output : '')
  expect(room.mixer.until).toBe(0)
}

it('M5: mixes who is on stage, as the server sees it, into a stream of the room, which viewers play', async () => {
  const { roomId, stream } = await liveRoom(world)
  await world.actions.enter(carol, { roomId })
  expect(await flv(roomId)).toContain(`/${stream}.flv`)
  const linker = await links(roomId)
  expect(streams()).toEqual([[stream, linker]])
  const { mix, version } = await world.room(roomId)
  expect(parseStream(mix)).toEqual({ roomId, of: 'mix' })
  expect(await flv(roomId)).toContain(`/${mix}.flv`)
  const { room } = await world.actions.sync(carol, { roomId, version: version - 1 })
  expect(room).toMatchObject({ mixed: true, version })
  await consistent(roomId)
})

it('mixes nothing for an anchor alone, without a call or a write', async () => {
  const calls = watchCalls()
  const { roomId, stream } = await liveRoom(world)
  await world.end(stream, 's1')
  await world.begin(stream, 's2', world.clock.now + 1000)
  await world.actions.close(anna, { roomId })
  expect(calls).toEqual([])
})

it('keeps one stream and one session for all that comes and goes', async () => {
  const { roomId } = await liveRoom(world)
  await links(roomId)
  const { mix } = await world.room(roomId)
  pass()
  await links(roomId, carol)
  await consistent(roomId)
  pass()
  await leaves(roomId, carol)
  await consistent(roomId)
  expect((await world.room(roomId)).mix).toBe(mix)
})

it('the low-latency picture of people on stage is never the mix', async () => {
  const { roomId, stream } = await liveRoom(world)
  const linker = await links(roomId)
  const { mix, version } = await world.room(roomId)
  const { play } = await world.actions.beat(anna, { roomId, epoch: 1, version: version - 1 })
  expect(play?.map(({ url }) => url)).toEqual([expect.stringContaining(linker)])
  const own = await world.actions['seat.beat'](bob, { roomId, seat: 1, epoch: 1, version: 0 })
  expect(own.play?.map(({ url }) => url)).toEqual([expect.stringContaining(stream)])
  expect(JSON.stringify([play, own.play])).not.toContain(mix)
})

it('begins again with a push whose end before nobody has told: the streaming cloud was cut off, and has forgotten it', async () => {
  const { roomId, stream } = await liveRoom(world)
  const linker = await links(roomId)
  const { mix, version } = await world.room(roomId)
  for (const [again, sequence] of [
    [stream, 's2'],
    [linker, 'q2'],
  ] as const) {
    world.vendors.mixes.clear()
    pass(2000)
    await world.begin(again, sequence, world.clock.now)
    await consistent(roomId)
  }
  expect(await world.room(roomId)).toMatchObject({ mix, version })
})

it('is not asked for anew by a push of an anchor alone', async () => {
  const calls = watchCalls()
  const { stream } = await liveRoom(world)
  await world.begin(stream, 's2', world.clock.now + 1000)
  expect(calls).toEqual([])
})

describe('M57: a mix ends', () => {
  it('when the anchor is alone again: viewers go to his own picture first', async () => {
    const { roomId, stream } = await liveRoom(world)
    await links(roomId)
    let playedAtTheEnd = ''
    const { endMix } = world.vendors.streaming
    world.vendors.streaming.endMix = async (session) => {
      playedAtTheEnd = (await world.room(roomId)).mix
      return endMix(session)
    }
    pass()
    await leaves(roomId)
    expect(playedAtTheEnd).toBe('')
    await consistent(roomId)
    expect(await flv(roomId)).toContain(`/${stream}.flv`)
  })

  it('when the show is interrupted, and comes back with it', async () => {
    const { roomId, stream } = await liveRoom(world)
    await links(roomId)
    await world.end(stream, 's1')
    expect(mixes()).toEqual([])
    await consistent(roomId)
    pass()
    await world.begin(stream, 's2')
    expect(mixes()).toHaveLength(1)
    await consistent(roomId)
  })

  it('when the anchor goes to another device: his former picture is gone', async () => {
    const { roomId } = await liveRoom(world)
    await links(roomId)
    await world.actions.resume(anna, { roomId })
    await world.sweep()
    expect(mixes()).toEqual([])
    await consistent(roomId)
  })

  it('when the show is closed, by the anchor or by the end of the grace', async () => {
    const { roomId } = await liveRoom(world)
    await links(roomId)
    const closed = () =>
      world.notices.filter(({ message }) => message.type === 'room' && message.room.state === 'closed').length
    await world.actions.close(anna, { roomId })
    await consistent(roomId)
    expect(closed()).toBe(1)
  })

  it('by the sweeper, when nobody could react', async () => {
    const { roomId, stream } = await liveRoom(world)
    await links(roomId)
    world.down.add('endMix')
    await world.end(stream, 's1')
    expect((await world.room(roomId)).mix).toBe('')
    expect(mixes()).toHaveLength(1)
    world.down.clear()
    pass(GRACE_MS)
    world.online.clear()
    await world.sweep()
    expect((await world.room(roomId)).state).toBe('closed')
    await consistent(roomId)
  })
})

describe('a streaming cloud that does not mix', () => {
  it('leaves viewers the single pictures, is logged once per change and tried less and less', async () => {
    world.down.add('mix')
    const { roomId, stream } = await liveRoom(world)
    const calls = watchCalls()
    await links(roomId)
    const { version } = await world.room(roomId)
    expect(await flv(roomId)).toContain(`/${stream}.flv`)
    for (let minute = 0; minute < 60; minute++) {
      pass(LOOK_MS)
      await world.actions.beat(anna, { roomId, epoch: 1, version })
      await world.actions['seat.beat'](bob, { roomId, seat: 1, epoch: 1, version })
      await world.sweep()
    }
    expect(calls.length).toBeGreaterThan(4)
    expect(calls.length).toBeLessThan(12)
    expect(world.log.filter((line) => line.startsWith('mixing'))).toHaveLength(1)
    expect((await world.room(roomId)).version).toBe(version)
    await links(roomId, carol)
    expect(world.log.filter((line) => line.startsWith('mixing'))).toHaveLength(2)
    world.down.clear()
    pass(LOOK_MS)
    await world.sweep()
    await consistent(roomId)
  })

  it('takes viewers away from a mix that it could not change', async () => {
    const { roomId } = await liveRoom(world)
    await links(roomId)
    world.down.add('mix')
    pass()
    await links(roomId, carol)
    expect((await world.room(roomId)).mix).toBe('')
    world.down.clear()
    pass(LOOK_MS)
    await world.sweep()
    await consistent(roomId)
  })

  it('is not asked again because of what has nothing to do with the stage', async () => {
    world.down.add('mix')
    const { roomId } = await liveRoom(world)
    await links(roomId)
    const calls = watchCalls()
    await world.actions['seat.device'](bob, { roomId, micOff: true, cameraOff: false })
    expect(calls).toEqual([])
  })
})

describe('many changes at once', () => {
  it('lead to at most two calls within a second, the last of which is right', async () => {
    const { roomId } = await liveRoom(world)
    const people = crowd(3)
    const waiting: { ms: number; go: () => void }[] = []
    let asleep: (() => void) | undefined
    world.vendors.pause = (ms) =>
      new Promise((resolve) => {
        waiting.push({ ms, go: resolve })
        asleep?.()
      })
    await links(roomId)
    const calls = watchCalls()
    const sleeping = new Promise<void>((resolve) => {
      asleep = resolve
    })
    const burst = Promise.all(people.slice(0, 2).map((who) => links(roomId, who)))
    await sleeping
    // Everything that changes while the first call is a second old waits for the same turn.
    world.clock.now += waiting[0]?.ms ?? 0
    waiting[0]?.go()
    world.vendors.pause = async () => {}
    await burst
    expect(waiting[0]?.ms).toBe(1000)
    expect(calls.length).toBeLessThanOrEqual(2)
    await consistent(roomId)
  })

  it('by twenty functions side by side leave one mix, and it is right', async () => {
    const { roomId } = await liveRoom(world)
    const people = crowd(3)
    await Promise.all(people.map((who) => links(roomId, who).catch(() => undefined)))
    await Promise.all([
      leaves(roomId, people[0]),
      links(roomId, bob).catch(() => undefined),
      world.sweep(),
      world.sweep(),
    ])
    pass(TURN_MS)
    await world.sweep()
    await consistent(roomId)
  })

  it('leave the rest to the sweeper rather than call after the turn is over', async () => {
    const { roomId } = await liveRoom(world)
    const calls = watchCalls()
    const { mix } = world.vendors.streaming
    world.vendors.streaming.mix = async (...args) => {
      world.clock.now += TURN_MS / 2 + 1
      await world.store.renameAnchor(roomId, anna.userId, `Anna ${world.clock.now}`)
      return mix(...args)
    }
    await links(roomId)
    expect(calls).toEqual(['mix'])
    expect((await world.room(roomId)).mixer.until).toBe(0)
    await consistent(roomId)
  })

  it('are not lost when one comes while another is being made', async () => {
    const { roomId } = await liveRoom(world)
    const { mix } = world.vendors.streaming
    let first = true
    world.vendors.streaming.mix = async (...args) => {
      if (first) {
        first = false
        await links(roomId, carol) // finds the turn taken, and goes
      }
      return mix(...args)
    }
    await links(roomId)
    expect(streams()[0]).toHaveLength(3)
    await consistent(roomId)
  })
})

it('is ended by the next sweep when the function that closed the room died before it did', async () => {
  const { roomId } = await liveRoom(world)
  await links(roomId)
  await dying(world, { at: 0, when: 'after' }, () => world.actions.close(anna, { roomId }))
  expect(mixes()).toHaveLength(1)
  pass(TURN_MS)
  await world.sweep()
  await consistent(roomId)
})

it('property: wherever functions die, the sweeper leaves what is to be seen', async () => {
  const step = fc.constantFrom('link', 'leave', 'end', 'begin', 'resume', 'close', 'sweep')
  const crash: fc.Arbitrary<Crash | null> = fc.option(
    fc.record({ at: fc.nat(15), when: fc.constantFrom('before' as const, 'after' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, crash), { minLength: 1, maxLength: 6 }), async (steps) => {
      const outer = world
      world = await openWorld()
      try {
        const { roomId } = await liveRoom(world)
        for (const [what, when] of steps) {
          const room = await world.room(roomId)
          const run: Record<typeof what, () => Promise<unknown>> = {
            link: () => links(roomId),
            leave: () => leaves(roomId),
            end: () => world.end(room.stream, room.sequence),
            begin: () => world.begin(room.stream, `s${world.clock.now}`),
            resume: () => world.actions.resume(anna, { roomId }),
            close: () => world.actions.close(anna, { roomId }),
            sweep: () => world.sweep(),
          }
          const work = run[what] as () => Promise<unknown>
          if (when) await dying(world, when, work)
          else await work().catch(() => undefined)
          pass()
        }
        pass(TURN_MS)
        const { stream, state, seats } = await world.room(roomId)
        if (state === 'live') world.online.add(stream)
        for (const seat of Object.values(seats)) if (seat.state === 'on') world.online.add(seat.stream)
        await world.sweep()
        await consistent(roomId)
      } finally {
        await world.close()
        world = outer
      }
    }),
    { numRuns: 40 },
  )
}, 240_000)
