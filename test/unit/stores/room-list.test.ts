import type { Output } from '../../../miniprogram/protocol/actions'
import type { RoomSummary } from '../../../miniprogram/protocol/room'
import type { RoomApi } from '../../../miniprogram/services/room-api/port'
import { RoomApiError } from '../../../miniprogram/services/room-api/port'
import { RoomList } from '../../../miniprogram/stores/room-list'

type Page = Output<'list'>

/** A list whose answers the test gives, one call at a time. */
function listing() {
  const waiting: { cursor: string | undefined; answer: (page: Page) => void; fail: () => void }[] = []
  const call = (_action: string, { cursor }: { cursor?: string }) =>
    new Promise<Page>((answer, reject) => {
      waiting.push({ cursor, answer, fail: () => reject(new RoomApiError('network', 'gone')) })
    })
  const list = new RoomList({ call } as unknown as RoomApi)
  return { list, waiting }
}
const page = (ids: string[], nextCursor: string | null = null): Page => ({
  rooms: ids.map((roomId) => ({ room: { roomId }, counts: {} }) as unknown as RoomSummary),
  nextCursor,
})
const idsOf = (list: RoomList) => list.rooms.map(({ room }) => room.roomId).join()

test('loading, then empty; later a list', async () => {
  const { list, waiting } = listing()
  expect(list.state).toBe('loading')
  const first = list.refresh()
  expect([list.busy, list.state]).toEqual([true, 'loading'])
  waiting[0]?.answer(page([]))
  await first
  expect([list.busy, list.state]).toEqual([false, 'empty'])
  const second = list.refresh()
  waiting[1]?.answer(page(['a']))
  await second
  expect([list.state, idsOf(list)]).toEqual(['ready', 'a'])
})

test('a refresh that fails keeps what was seen', async () => {
  const { list, waiting } = listing()
  const first = list.refresh()
  waiting[0]?.answer(page(['a', 'b']))
  await first
  const second = list.refresh()
  waiting[1]?.fail()
  await second
  expect([list.state, idsOf(list), list.busy]).toEqual(['error', 'a,b', false])
})

test('pages follow each other; a room that moved between two pages is there once (M53)', async () => {
  const { list, waiting } = listing()
  const first = list.refresh()
  waiting[0]?.answer(page(['a', 'b'], 'p2'))
  await first
  expect(list.hasMore).toBe(true)
  const more = list.more()
  void list.more()
  expect(waiting.map(({ cursor }) => cursor)).toEqual([undefined, 'p2'])
  waiting[1]?.answer(page(['b', 'c']))
  await more
  expect([idsOf(list), list.hasMore]).toEqual(['a,b,c', false])
  await list.more()
  expect(waiting).toHaveLength(2)
})

test('a page that was asked for before a refresh is dropped', async () => {
  const { list, waiting } = listing()
  const first = list.refresh()
  waiting[0]?.answer(page(['a'], 'p2'))
  await first
  const more = list.more()
  const again = list.refresh()
  waiting[2]?.answer(page(['x'], 'q2'))
  await again
  waiting[1]?.answer(page(['b']))
  await more
  expect([idsOf(list), list.hasMore, list.busy]).toEqual(['x', true, false])
})
