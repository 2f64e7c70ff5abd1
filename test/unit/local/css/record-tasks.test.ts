import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RecordTasks } from '../../../../local/css/recording/tasks'

const DAY = 86_400_000
let now = 0
let folder: string
let file: string
beforeEach(() => {
  now = 1_700_000_000_000
  folder = mkdtempSync(join(tmpdir(), 'tasks-'))
  file = join(folder, 'media', 'tasks.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (): RecordTasks => new RecordTasks(file, () => now)
const order = (startAt: number, endAt: number, stream = 's') => ({
  stream,
  startAt,
  endAt,
  templateId: 0,
  extension: 'x',
})

it('runs from its start until its end, and never again once it is stopped', async () => {
  const tasks = open()
  const task = await tasks.add(order(now + 1000, now + 3000))
  const at = (ms: number): boolean => {
    now += ms
    return tasks.isRunning(task)
  }
  expect([at(0), at(999), at(1), at(1999), at(1)]).toEqual([false, false, true, true, false])
  now -= 1000
  expect(await tasks.stop(task.taskId)).toBe(true)
  expect(tasks.isRunning(task)).toBe(false)
})

it('keeps the time of the first stop, and knows no other task', async () => {
  const tasks = open()
  const { taskId } = await tasks.add(order(now, now + 1000))
  await tasks.stop(taskId)
  const stoppedAt = now
  now += 500
  await tasks.stop(taskId)
  expect(tasks.get(taskId)?.stoppedAt).toBe(stoppedAt)
  expect(await tasks.stop('another')).toBe(false)
})

it('names the next moment at which something begins or ends', async () => {
  const tasks = open()
  expect(tasks.nextChange()).toBeNull()
  await tasks.add(order(now - 5, now + 3000))
  const second = await tasks.add(order(now + 1000, now + 2000))
  expect(tasks.nextChange()).toBe(now + 1000)
  await tasks.stop(second.taskId)
  expect(tasks.nextChange()).toBe(now + 3000)
  now += 3000
  expect(tasks.nextChange()).toBeNull()
})

it('is all there after a restart, whatever came at the same time', async () => {
  const tasks = open()
  const added = await Promise.all(Array.from({ length: 20 }, (_, i) => tasks.add(order(now, now + 1000, `s${i}`))))
  await Promise.all(added.slice(0, 10).map(({ taskId }) => tasks.stop(taskId)))
  expect(open().all()).toEqual(tasks.all())
  expect(new Set(added.map(({ taskId }) => taskId)).size).toBe(20)
})

it('forgets tasks after three months', async () => {
  const tasks = open()
  await tasks.add(order(now, now + 1000))
  now += 91 * DAY
  const recent = await tasks.add(order(now, now + 1000))
  expect(open().all()).toEqual([recent])
})

it('starts with none when its file is damaged, and says so', () => {
  const warn = jest.spyOn(console, 'warn').mockReturnValue()
  const damaged = join(folder, 'damaged.json')
  writeFileSync(damaged, '{"tasks":[{}]}')
  expect(new RecordTasks(damaged).all()).toEqual([])
  expect(warn).toHaveBeenCalledTimes(1)
  warn.mockRestore()
})
