import { judge } from '../../../local/faults'

const withStack = (stack: string) => Object.assign(new Error('x'), { stack })

test('a peer that went away is no reason to stop', () => {
  expect(judge(Object.assign(new Error('reset'), { code: 'ECONNRESET' })).safe).toBe(true)
})
test('an error left over by a cloud function is named and survived', () => {
  const verdict = judge(withStack('Error: x\n    at run (/p/dist/cloudfunctions/room/index.js:10:3)'))
  expect(verdict).toEqual({ safe: true, advice: expect.stringContaining('cloud function room') })
})
test.each([withStack('Error: x\n at local/start.ts:1:1'), undefined, null, 'text'])(
  'a fault of our own stops: %p',
  (error) => {
    expect(judge(error).safe).toBe(false)
  },
)
