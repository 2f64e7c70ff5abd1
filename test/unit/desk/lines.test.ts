import { KEPT, withBatch } from '../../../desk/view/panels/lines'
import type { ChatLine } from '../../../miniprogram/stores/room/chat'

const line = (id: string, text = id): ChatLine => ({ kind: 'barrage', id, userId: 'u', name: 'Ann', text, mine: true })

test('a batch goes to the end, what was said before to the beginning, and a line that comes again stays where it is', () => {
  const lines = withBatch([line('a'), line('b')], { batch: [line('c')], past: false })
  expect(lines.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(withBatch(lines, { batch: [line('x'), line('y')], past: true }).map(({ id }) => id)).toEqual('xyabc'.split(''))
  const failed = withBatch(lines, { batch: [{ ...line('b'), failed: true } as ChatLine], past: false })
  expect(failed.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(failed[1]).toMatchObject({ failed: true })
})

test('the list stays short, and the newest stay in it', () => {
  const many = Array.from({ length: KEPT + 50 }, (_, i) => line(`l${i}`))
  const lines = withBatch([], { batch: many, past: false })
  expect(lines).toHaveLength(KEPT)
  expect(lines.at(-1)?.id).toBe(`l${KEPT + 49}`)
})
