import { type AnyDoc, SDKS, startBackend } from './backend'

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({ indexes: { gifts: [], people: [] } })
  const add = SDKS['@cloudbase/node-sdk']?.add ?? fail
  await add('gifts', [
    { _id: 'a', to: 'anna', n: 1, tags: ['x', 'y'], at: new Date(0) },
    { _id: 'b', to: 'bob', n: 5, tags: ['x'] },
    { _id: 'c', to: 'anna', n: 2, tags: [] },
    { _id: 'd', to: 'anna', n: null },
  ])
  await add('people', [
    { _id: 'anna', name: 'Anna' },
    { _id: 'bob', name: 'Bob' },
  ])
})
afterAll(() => backend.stop())

const fail = (): never => {
  throw new Error('no SDK')
}

describe.each(Object.entries(SDKS))('through %s', (_name, sdk) => {
  const { command: _ } = sdk.db()
  const $ = _.aggregate
  type Build = Parameters<typeof sdk.aggregate>[1]
  test.each<[what: string, build: Build, list: AnyDoc[]]>([
    [
      'match and project',
      (all) => all.match({ n: _.gt(1) }).project({ n: 1 }),
      [
        { _id: 'b', n: 5 },
        { _id: 'c', n: 2 },
      ],
    ],
    [
      'group: sum, average, least, most, first, list and set',
      (all) =>
        all
          .group({
            _id: '$to',
            sum: $.sum('$n'),
            count: $.sum(1),
            avg: $.avg('$n'),
            min: $.min('$n'),
            max: $.max('$n'),
            first: $.first('$_id'),
            ids: $.push('$_id'),
          })
          .sort({ _id: 1 }),
      [
        { _id: 'anna', sum: 3, count: 3, avg: 1.5, min: 1, max: 2, first: 'a', ids: ['a', 'c', 'd'] },
        { _id: 'bob', sum: 5, count: 1, avg: 5, min: 5, max: 5, first: 'b', ids: ['b'] },
      ],
    ],
    ['group of everything', (all) => all.group({ _id: null, sum: $.sum('$n') }), [{ _id: null, sum: 8 }]],
    [
      'sort, skip and limit',
      (all) => all.sort({ n: -1 }).skip(1).limit(2).project({ n: 1 }),
      [
        { _id: 'c', n: 2 },
        { _id: 'a', n: 1 },
      ],
    ],
    [
      'unwind: one for each element',
      (all) => all.unwind('$tags').project({ tags: 1 }),
      [
        { _id: 'a', tags: 'x' },
        { _id: 'a', tags: 'y' },
        { _id: 'b', tags: 'x' },
      ],
    ],
    [
      'addFields',
      (all) =>
        all
          .match({ _id: 'b' })
          .addFields({ twice: $.multiply(['$n', 2]) })
          .project({ twice: 1 }),
      [{ _id: 'b', twice: 10 }],
    ],
    [
      'project with a condition',
      (all) => all.limit(2).project({ big: $.cond([$.gt(['$n', 3]), 'yes', 'no']) }),
      [
        { _id: 'a', big: 'no' },
        { _id: 'b', big: 'yes' },
      ],
    ],
    [
      'dates as text',
      (all) => all.match({ _id: 'a' }).project({ day: $.dateToString({ date: '$at', format: '%Y-%m-%d' }) }),
      [{ _id: 'a', day: '1970-01-01' }],
    ],
    [
      'bucket',
      (all) =>
        all
          .match({ n: _.gt(0) })
          .bucket({ groupBy: '$n', boundaries: [0, 2, 4], default: 'more', output: { count: $.sum(1) } }),
      [
        { _id: 0, count: 1 },
        { _id: 2, count: 1 },
        { _id: 'more', count: 1 },
      ],
    ],
    [
      'sortByCount',
      (all) => all.sortByCount('$to'),
      [
        { _id: 'anna', count: 3 },
        { _id: 'bob', count: 1 },
      ],
    ],
    ['replaceRoot', (all) => all.match({ _id: 'a' }).replaceRoot({ newRoot: { to: '$to' } }), [{ to: 'anna' }]],
    ['count', (all) => all.match({ to: 'anna' }).count('total'), [{ total: 3 }]],
    ['sample', (all) => all.sample({ size: 2 }).count('total'), [{ total: 2 }]],
    [
      'lookup by a field',
      (all) =>
        all
          .match({ _id: 'b' })
          .lookup({ from: 'people', localField: 'to', foreignField: '_id', as: 'who' })
          .project({ who: 1 }),
      [{ _id: 'b', who: [{ _id: 'bob', name: 'Bob' }] }],
    ],
    [
      'lookup by a pipeline',
      (all) =>
        all
          .match({ _id: 'b' })
          .lookup({
            from: 'people',
            let: { to: '$to' },
            pipeline: $.pipeline()
              .match(_.expr($.eq(['$_id', '$$to'])))
              .project({ name: 1, _id: 0 })
              .done(),
            as: 'who',
          })
          .project({ who: 1 }),
      [{ _id: 'b', who: [{ name: 'Bob' }] }],
    ],
    [
      'lookup in a collection that is not there',
      (all) =>
        all
          .match({ _id: 'b' })
          .lookup({ from: 'nowhere', localField: 'to', foreignField: '_id', as: 'who' })
          .project({ who: 1 }),
      [{ _id: 'b', who: [] }],
    ],
  ])('%s', async (_what, build, list) => expect(await sdk.aggregate('gifts', build)).toEqual(list))

  test('a collection that is not there is refused', async () => {
    const error = await sdk.aggregate('nowhere', (all) => all.match({})).then(fail, (reason: AnyDoc) => reason)
    expect(String(error.errMsg ?? error.message)).toContain('not exist: nowhere')
  })

  test('geoNear is refused in plain words', async () => {
    const near = (all: Parameters<Build>[0]) =>
      all.geoNear({ near: sdk.point(1, 2), spherical: true, distanceField: 'd' } as never)
    const error = await sdk.aggregate('gifts', near).then(fail, (reason: AnyDoc) => reason)
    expect(String(error.errMsg ?? error.message)).toContain('$geoNear is not supported by the local database')
  })
})

test('a pipeline cannot write', async () => {
  const before = backend.store.select('people', { query: {} })
  for (const stageKey of ['$out', '$merge']) {
    const stages = [{ stageKey, stageValue: '"people"' }]
    await expect(
      backend.store.run('database.aggregateDocuments', { collectionName: 'gifts', stages }),
    ).rejects.toMatchObject({ code: 'INVALID_PARAM' })
  }
  expect(backend.store.select('people', { query: {} })).toEqual(before)
})
