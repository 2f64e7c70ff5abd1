import { eventually } from '../support/eventually'
import { allMove, goTo, inCall, joinCall, startCall, tagIds } from '../support/in-call'
import { haveDevices, havePictures } from '../support/on-stage'
import { phoneSuite } from '../support/phone-suite'
import { hears, listen } from '../support/senses'

interface Refused {
  error?: { code: string }
}

const { stack, open } = phoneSuite({ SWEEP_MS: '500', GRACE_MS: '120000', SEAT_HOLD_MS: '120000' })

test('two phones: both are seen and heard, write, mute, raise a hand, hold, and hang up; the last one out ends it', async () => {
  const [ann, ben] = [await open('ann'), await open('ben')]
  const roomId = await startCall(stack(), ann, 'ann', 'Claim 4711')
  await ann.text('Waiting for others to join').waitFor()
  await ben.page.reload()
  await listen(ben)
  await joinCall(ben, roomId)
  await allMove([ann, ben])
  await hears(ben)

  await ben.button('Chat').click()
  await ben.say('Hello from Ben')
  await ann.button('Chat, 1 new message').click()
  await ann.text('Hello from Ben').waitFor()
  await ann.button('Chat').last().click()

  await ben.button('Turn the microphone off').click()
  await ben.button('Turn the microphone on').waitFor()
  const benOnAnn = (facts: RegExp) => ann.page.getByLabel(facts).filter({ visible: true }).first().waitFor()
  await benOnAnn(/^Unnamed, muted/)
  await ben.button('Raise hand').click()
  await benOnAnn(/^Unnamed, hand raised/)

  await ben.button('More').first().click()
  await ben.button('Hold').click()
  await benOnAnn(/^Unnamed, on hold/)
  await ben.button('Resume').click()
  await benOnAnn(/^Unnamed, hand raised, muted$/)
  // What he had turned off before stays off.
  await ben.button('Turn the microphone on').waitFor()
  await ben.button('Turn the camera off').waitFor()
  await allMove([ann, ben])

  await ben.button('Hang up').last().click()
  await haveDevices(ben, false)
  await havePictures(ann, 1)
  await ann.text('Waiting for others to join').waitFor()
  await ann.button('Hang up').last().click()
  await haveDevices(ann, false)
  // The last word of a phone that hangs up is waited for by nobody there.
  await eventually(async () => {
    const { error } = (await stack().call('room', { action: 'sync', roomId, version: 0 }, 'ben')) as Refused
    return error?.code === 'room-closed'
  })
})

test('a third comes and goes: nobody else flickers; a fourth finds the call full, and is told so', async () => {
  const [ann, ben, cat, dan] = [await open('ann'), await open('ben'), await open('cat'), await open('dan')]
  const roomId = await startCall(stack(), ann, 'ann', 'Three seats', '?seats=3')
  await joinCall(ben, roomId)
  await allMove([ann, ben])
  const before = await tagIds(ann)
  await joinCall(cat, roomId)
  await allMove([ann, ben, cat])
  expect((await tagIds(ann)).slice(0, 2)).toEqual(before)

  await goTo(dan, `/pages/call/call?roomId=${roomId}`)
  await dan.text('The call is full').waitFor()
  await haveDevices(dan, false)

  await cat.button('Hang up').last().click()
  await havePictures(ann, 2)
  expect(await tagIds(ann)).toEqual(before)
  await dan.button('Try again').click()
  await inCall(dan)
  await havePictures(ann, 3)
})

test('a second device takes over with a word to the first, which may take it back', async () => {
  const [ann, ben, other] = [await open('ann'), await open('ben'), await open('ben')]
  const roomId = await startCall(stack(), ann, 'ann', 'Two devices')
  await joinCall(ben, roomId)
  await allMove([ann, ben])
  await joinCall(other, roomId)
  await ben.text('You joined this call on another device').waitFor()
  await haveDevices(ben, false)
  await allMove([ann, other])
  await ben.button('Rejoin').click()
  await inCall(ben)
  await other.text('You joined this call on another device').waitFor()
  await haveDevices(other, false)
  await allMove([ann, ben])
})

test('whoever opened it is asked where two others could go on: he leaves alone and comes back, or ends it for everybody', async () => {
  const [ann, ben, cat] = [await open('ann'), await open('ben'), await open('cat')]
  const roomId = await startCall(stack(), ann, 'ann', 'Hosted')
  await joinCall(ben, roomId)
  await joinCall(cat, roomId)
  await allMove([ann, ben, cat])
  await ann.button('Hang up').last().click()
  await ann.button('Leave alone').click()
  await haveDevices(ann, false)
  await havePictures(ben, 2)
  await joinCall(ann, roomId)
  await allMove([ann, ben, cat])
  await ann.button('Hang up').last().click()
  await ann.button('End it for everybody').click()
  for (const phone of [ben, cat]) await phone.text('The host has ended the call').waitFor()
  for (const phone of [ann, ben, cat]) await haveDevices(phone, false)
})

test('the whole cloud is restarted in mid-call, and a phone dies and returns: everybody is back on his own place', async () => {
  const [ann, ben] = [await open('ann'), await open('ben')]
  const roomId = await startCall(stack(), ann, 'ann', 'Through a restart')
  await joinCall(ben, roomId)
  await allMove([ann, ben])
  await stack().stop()
  await stack().start()
  await allMove([ann, ben])

  await ben.ask((phone) => phone.faults.kill())
  await havePictures(ann, 1)
  await ben.page.waitForFunction('window.__phone?.relaunch')
  await ben.ask((phone) => phone.relaunch())
  await ben.page.waitForFunction('window.__phone?.stats.readyAt > 0')
  await joinCall(ben, roomId)
  await allMove([ann, ben])

  await ann.ask((phone) => phone.faults.offline(true))
  await havePictures(ben, 1)
  await ann.ask((phone) => phone.faults.offline(false))
  await allMove([ann, ben])
})
