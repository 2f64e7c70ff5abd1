import { Scope } from '../../../miniprogram/stores/scope'
import { FakeClock, settled } from '../../support/fakes/clock'

test('the end runs every clean-up once, the latest first, also when one of them throws', () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => {})
  const scope = new Scope(new FakeClock())
  const ran: number[] = []
  scope.onEnd(() => ran.push(1))
  scope.onEnd(() => {
    throw new Error('by the test')
  })
  const forget = scope.onEnd(() => ran.push(3))
  scope.onEnd(() => ran.push(4))
  forget()
  scope.end()
  scope.end()
  expect(ran).toEqual([4, 1])
  expect(error).toHaveBeenCalledTimes(1)
  scope.onEnd(() => ran.push(5))
  expect(ran).toEqual([4, 1, 5])
  error.mockRestore()
})

test('no timer and no guarded promise of an ended scope does anything', async () => {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const ran: string[] = []
  scope.after(10, () => ran.push('after'))
  scope.every(10, () => ran.push('every'))
  void scope.wait(10).then(() => ran.push('wait'))
  void scope.guard(Promise.resolve()).then(() => ran.push('resolved'))
  scope.guard(Promise.reject(new Error('late'))).catch(() => ran.push('rejected'))
  scope.end()
  scope.after(10, () => ran.push('after the end'))
  scope.every(10, () => ran.push('after the end'))
  await clock.pass(100)
  expect([ran, clock.pending]).toEqual([[], 0])
})

test('while it lives, a guard settles as its promise does', async () => {
  const scope = new Scope(new FakeClock())
  await expect(scope.guard(Promise.resolve(7))).resolves.toBe(7)
  await expect(scope.guard(Promise.reject(new Error('x')))).rejects.toThrow('x')
  await settled()
})

test('a child ends with its parent, or before it and without it', async () => {
  const clock = new FakeClock()
  const parent = new Scope(clock)
  const [first, second] = [parent.child(), parent.child()]
  first.after(10, () => {})
  first.end()
  expect([parent.ended, second.ended, clock.pending]).toEqual([false, false, 0])
  parent.end()
  expect(second.ended).toBe(true)
})
