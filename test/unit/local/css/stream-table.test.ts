import { END, type Push, StreamTable } from '../../../../local/css/stream-table'
import { message, meta } from './media'

const log: string[] = []
const closed: string[] = []
let table: StreamTable

beforeEach(() => {
  log.length = 0
  closed.length = 0
  table = new StreamTable({
    onStart: (push) => log.push(`1 ${push.name}`),
    onEnd: (push, cause) => log.push(`0 ${push.name} ${cause.errmsg}`),
  })
})

const request = (name = 's') => ({
  app: 'live',
  name,
  query: '',
  ip: '127.0.0.1',
  close: (text: string) => closed.push(text),
})

function publish(name = 's'): Push {
  const push = table.publish(request(name))
  if (typeof push === 'string') throw new Error(push)
  return push
}

it('refuses a second push of a live stream and reports no start for it', () => {
  publish()
  expect(table.publish(request())).toBe('busy')
  expect(log).toEqual(['1 s'])
})

it('reports the end of a push once, whoever says so', () => {
  const push = publish()
  table.kick('s', END.forbid)
  table.unpublish(push)
  expect(log).toEqual(['1 s', '0 s Forbidden by API'])
  expect(closed).toEqual(['Forbidden by API'])
})

it('lets a late close of an old push not end the new one of the same name', () => {
  const old = publish()
  table.unpublish(old)
  const fresh = publish()
  table.unpublish(old)
  expect(table.get('s')).toBe(fresh)
  expect(fresh.sequence).not.toBe(old.sequence)
})

it('ignores what a kicked pusher still sends', () => {
  const push = publish()
  table.kick('s', END.drop)
  table.push(push, message(18, meta({ width: 320 })))
  expect(push.stream.info.width).toBe(0)
})

it('says that nobody pushes an unknown stream that is to be ended', () => {
  expect(table.kick('s', END.drop)).toBe(false)
})

it('gives each of many pushes within a millisecond its own sequence', () => {
  const sequences = new Set(Array.from({ length: 1000 }, (_, i) => publish(`s${i}`).sequence))
  expect(sequences.size).toBe(1000)
})
