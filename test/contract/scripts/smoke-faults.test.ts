import { cleanUp, doc, openBench } from '../../../scripts/smoke/bench'
import type { Bench, Collection, Verdict } from '../../../scripts/smoke/probe'
import { collections, limits, order, updateAndReturn } from '../../../scripts/smoke/probes/queries'
import { duplicates, increments, lastSeats } from '../../../scripts/smoke/probes/races'
import { smoke } from '../../../scripts/smoke/run'
import { startBackend } from '../cloudbase/backend'

/** What the database refuses at the moment. */
let refused = ''
let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  const onRequest = (action: string) => {
    if (action === refused) throw new Error('the service is busy')
  }
  backend = await startBackend({}, { onRequest })
})
afterAll(() => backend.stop())
beforeEach(() => {
  // The stand-in reports what a test makes it refuse.
  jest.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => {
  refused = ''
  jest.restoreAllMocks()
})

const options = () => ({
  env: 'local',
  secretId: 'local',
  secretKey: 'local',
  serviceUrl: backend.served.url,
  callers: 12,
})
const left = async (bench: Bench) => (await bench.collection.where({ run: bench.run }).count()).total

/** The bench of a database that differs in what `change` replaces. */
const differing = (bench: Bench, change: (collection: Collection) => Partial<Collection>): Bench => {
  const own = change(bench.collection)
  const collection = new Proxy(bench.collection, {
    get: (target, key) => (Object.hasOwn(own, key) ? Reflect.get(own, key) : Reflect.get(target, key)),
  })
  return { ...bench, collection }
}

describe('an experiment fails in a database that', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench(options())
  })
  afterEach(() => cleanUp(bench))

  it.each([
    ['takes no notice of a guard', lastSeats],
    ['returns a document whose guard does not hold', updateAndReturn],
  ])('%s', async (_, probe) => {
    const careless = differing(bench, (collection) => ({
      where: (guard: object) => collection.where('_id' in guard ? { _id: guard._id } : guard),
    }))
    expect((await probe(careless).run()).verdict).toBe('fail')
  })

  it('gives its own name to what should be the same document', async () => {
    const careless = differing(bench, (collection) => ({
      add: (document: object) => collection.add({ ...document, _id: `${bench.run}_${Math.random()}` }),
    }))
    expect((await duplicates(careless).run()).verdict).toBe('fail')
  })

  it.each([
    ['brings more than a page unasked', limits, 1000],
    ['forgets the order', order, 10],
  ])('%s', async (_, probe, limit) => {
    const careless = differing(bench, (collection) => ({
      where: (query: object) => {
        const found = collection.where(query).limit(limit)
        return Object.assign(found, { orderBy: () => found })
      },
    }))
    expect((await probe(careless).run()).verdict).toBe('fail')
  })

  it('refuses calls: the codes are told', async () => {
    refused = 'database.modifyDocument'
    const { verdict, seen } = await increments(bench).run()
    expect([verdict, seen.en]).toEqual(['fail', expect.stringMatching(/^12 -> 0, \w+ x12$/)])
  })

  it('lacks collections: each is named', async () => {
    const { verdict, seen } = await collections(bench).run()
    expect([verdict, seen.en]).toEqual(['fail', expect.stringContaining('rooms (DATABASE_COLLECTION_NOT_EXIST)')])
  })
})

const verdictsOf = (results: { name: string; verdict: Verdict }[]) =>
  Object.fromEntries(results.map(({ name, verdict }) => [name, verdict]))

test('what was written is removed when experiments fail', async () => {
  refused = 'database.modifyAndReturnDoc'
  const results = await smoke({ bench: options() })
  expect(verdictsOf(results)).toMatchObject({ 'update-and-return': 'fail', 'clean-up': 'pass', show: 'skip' })
  const bench = await openBench(options())
  expect((await bench.collection.count()).total).toBe(0)
})

test('what was written is removed when somebody stops it halfway', async () => {
  const stop = new AbortController()
  const results = await smoke({ bench: options(), signal: stop.signal, onResult: () => stop.abort() })
  expect(verdictsOf(results)).toEqual({ 'last-seats': 'pass', 'clean-up': 'pass', show: 'skip' })
})

test('what a killed run left behind is removed by a later one, after a day', async () => {
  const killed = await openBench(options())
  const yesterday = Date.now() - 25 * 3_600_000
  await killed.collection.add({ ...doc(killed, 'old'), at: yesterday })
  await killed.collection.add(doc(killed, 'young'))
  await openBench(options())
  expect(await left(killed)).toBe(1)
  expect(await cleanUp(killed)).toBe(true)
  expect(await left(killed)).toBe(0)
})

test('a database that cannot be opened is an error, not a result', async () => {
  refused = 'database.getDocument'
  await expect(smoke({ bench: options() })).rejects.toBeDefined()
})
