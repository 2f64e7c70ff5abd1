import { phoneSuite } from '../../support/phone-suite'

const { openDesk, stack } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '120000' })

interface Made {
  room: { roomId: string }
  ring: { ringId: string; state: string }
}

/** A customer rings the queue up, and asks how it goes as long as the test lasts. */
async function customer(user: string, note: string) {
  const call = (event: object) => stack().call('room', event, user)
  const create = { action: 'create', kind: 'call', title: 'Help', cover: 'jade', requestId: `${user}-request-1` }
  const { result } = await call({ ...create, ring: { to: { queue: 'desk' }, note } })
  const { room, ring } = result as Made
  const state = async () => {
    const answer = await call({ action: 'call.status', ringIds: [ring.ringId] })
    const { outgoing } = answer.result as { outgoing: Made['ring'][] }
    return outgoing.find(({ ringId }) => ringId === ring.ringId)?.state
  }
  return { roomId: room.roomId, state, leave: () => call({ action: 'call.cancel', ringId: ring.ringId }) }
}

test('an agent signs on; a customer rings, is refused, rings again and is answered; what was given up is missed', async () => {
  const desk = await openDesk('agent1', '&queue')
  await desk.button(/^Sign on to /).click()
  await desk.button(/^Sign off from /).waitFor()

  const first = await customer('cust1', 'Window seat')
  await desk.page.getByRole('alertdialog').getByText('Window seat').waitFor()
  await desk.button('Decline').click()
  await desk.page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await first.leave()

  const second = await customer('cust2', 'Lost bag')
  await desk.page.getByRole('alertdialog').getByText('Lost bag').waitFor()
  await second.leave()
  await desk.page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await desk.page.getByText(/the caller gave up · Lost bag/).waitFor()

  const third = await customer('cust3', 'Refund')
  await desk.page.getByRole('alertdialog').getByText('Refund').waitFor()
  await desk.button('Take the call').click()
  await desk.page.getByText('IN CALL').waitFor()
  await desk.hasPictures(1)
  expect(await third.state()).toBe('accepted')
  expect(new URL(desk.page.url()).searchParams.get('call')).toBe(third.roomId)
  await desk.button('Hang up').click()
  await desk.button(/^Sign off from /).waitFor()
})
