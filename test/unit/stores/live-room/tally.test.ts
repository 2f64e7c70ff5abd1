import { onStage } from '../../../support/fakes/link-mic'

test('who was on stage is counted once, however often he comes, and so are the lines of the chat', async () => {
  const { clock, show, link, desk, room } = await onStage()
  await room.chat.send('hello')
  await link.leave()
  await clock.pass(1000)
  await link.request()
  await clock.pass(100)
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(100)
  await link.confirm()
  await clock.pass(1000)
  expect([show.tally.guests, show.tally.lines]).toEqual([1, 1])
})
