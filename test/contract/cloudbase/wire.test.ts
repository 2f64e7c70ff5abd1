import fc from '../../support/property'
import { startBackend } from './backend'

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({ indexes: { rooms: [] } })
})
afterAll(() => backend.stop())

const post = async (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) => {
  const response = await fetch(backend.served.url, { method: 'POST', body, headers })
  return {
    status: response.status,
    ...((await response.json()) as { code?: string; message?: string; requestId?: string }),
  }
}
const call = (fields: object) => post(JSON.stringify(fields))

test.each([
  ['garbage', 'not json'],
  ['a list', '[]'],
  ['nothing', ''],
  ['no action', '{}'],
  ['an unknown action', '{"action":"database.drop"}'],
  ['an inherited name as action', '{"action":"constructor"}'],
  ['a query that is not EJSON', '{"action":"database.getDocument","collectionName":"rooms","query":"{"}'],
  ['a query that is a number', '{"action":"database.getDocument","collectionName":"rooms","query":5}'],
  ['no collection', '{"action":"database.getDocument"}'],
  ['a negative limit', '{"action":"database.getDocument","collectionName":"rooms","limit":-1}'],
  ['documents that are no list', '{"action":"database.insertDocument","collectionName":"rooms","data":"{}"}'],
  ['an _id that is no text', '{"action":"database.insertDocument","collectionName":"rooms","data":["{\\"_id\\":5}"]}'],
  [
    'a field named __proto__',
    '{"action":"database.insertDocument","collectionName":"rooms","data":["{\\"__proto__\\":{\\"x\\":1}}"]}',
  ],
  [
    'a bad regular expression',
    '{"action":"database.getDocument","collectionName":"rooms","query":"{\\"a\\":{\\"$regularExpression\\":{\\"pattern\\":\\"(\\",\\"options\\":\\"\\"}}}"}',
  ],
])('%s is a wire error, HTTP 200', async (_what, body) => {
  expect(await post(body)).toMatchObject({ status: 200, code: 'INVALID_PARAM', requestId: expect.any(String) })
})

test('an operator that does not exist and a script in a query are refused by the query engine', async () => {
  await call({ action: 'database.insertDocument', collectionName: 'rooms', data: ['{"_id":"x"}'] })
  for (const query of ['{"a":{"$nope":1}}', '{"$where":"return true"}']) {
    expect(await call({ action: 'database.getDocument', collectionName: 'rooms', query })).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
  }
})

test('a page in a browser cannot write: its content type and a foreign host are refused', async () => {
  const body = JSON.stringify({ action: 'database.addCollection', collectionName: 'evil' })
  expect(await post(body, { 'content-type': 'text/plain' })).toMatchObject({ code: 'INVALID_PARAM' })
  expect(await call({ action: 'database.getDocument', collectionName: 'evil' })).toMatchObject({
    code: 'DATABASE_COLLECTION_NOT_EXIST',
  })
})

test('whatever the fields, the answer is a reply or a wire error of a known code', async () => {
  const field = fc.oneof(fc.jsonValue(), fc.json())
  const actions = [
    'getDocument',
    'modifyDocument',
    'modifyAndReturnDoc',
    'removeDocument',
    'calculateDocument',
    'insertDocument',
    'aggregateDocuments',
    'commitTransaction',
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...actions),
      fc.record(
        {
          query: field,
          data: fc.oneof(field, fc.array(field)),
          order: field,
          projection: field,
          stages: fc.array(fc.record({ stageKey: fc.constantFrom('$match', '$group', '$x'), stageValue: field })),
          limit: field,
          transactionId: field,
        },
        { requiredKeys: [] },
      ),
      async (action, fields) => {
        const { status, code } = await call({ action: `database.${action}`, collectionName: 'rooms', ...fields })
        expect(status).toBe(200)
        expect([undefined, 'INVALID_PARAM', 'DATABASE_REQUEST_FAILED']).toContain(code)
      },
    ),
    { numRuns: 200 },
  )
})
