import { type ChildProcess, spawn } from 'node:child_process'
import { ensureFfmpeg } from '../../scripts/tools'
import { eventually } from '../support/eventually'
import { phoneSuite } from '../support/phone-suite'

const { stack, open } = phoneSuite({ GRACE_MS: '6000', SWEEP_MS: '300' })

/** Every test has people of its own, so that a show left open by one does not meet the next. */
let n = 0
const people = (): [string, string] => {
  n += 1
  return [`anna${n}`, `ben${n}`]
}

const callOf = async <T>(user: string, event: object): Promise<T> => {
  const reply = await stack().call('room', event, user)
  if (reply.error) throw new Error(JSON.stringify(reply.error))
  return reply.result as T
}
const roomsOf = async (user: string) =>
  (await callOf<{ rooms: { room: { roomId: string; title: string; state: string } }[] }>(user, { action: 'list' }))
    .rooms

test('the anchor’s app is killed: viewers read "interrupted" within 5 s; back within the grace, the same room goes on', async () => {
  const [anna, ben] = people()
  const anchor = await open(anna)
  await anchor.goLive('Killed and back')
  const viewer = await open(ben)
  await viewer.watch(/Killed and back/)
  const [before] = (await roomsOf(ben)).filter(({ room }) => room.title === 'Killed and back')
  const killedAt = Date.now()
  await anchor.ask((phone) => phone.faults.kill())
  await viewer.text('The show was interrupted').waitFor({ timeout: 5_000 })
  expect(Date.now() - killedAt).toBeLessThan(5_000)
  expect(await anchor.ask((phone) => phone.media)).toMatchObject({ cameraOn: false, micOn: false })

  await anchor.ask((phone) => phone.relaunch())
  await anchor.page.waitForFunction('window.__phone?.stats.readyAt > 0')
  await anchor.button('Your show is still open').click()
  await viewer.text('The show was interrupted').waitFor({ state: 'hidden' })
  await viewer.seesMotion()
  const [after] = (await roomsOf(ben)).filter(({ room }) => room.title === 'Killed and back')
  expect(after?.room).toMatchObject({ roomId: before?.room.roomId, state: 'live' })
  await anchor.endShow()
})

test('the anchor’s app is killed and nobody returns: the room closes after the grace and leaves the list', async () => {
  const [anna, ben] = people()
  const anchor = await open(anna)
  await anchor.goLive('Killed for good')
  const viewer = await open(ben)
  await viewer.watch(/Killed for good/)
  await anchor.ask((phone) => phone.faults.kill())
  await viewer.text('The show has ended').waitFor({ timeout: 12_000 })
  expect((await roomsOf(ben)).map(({ room }) => room.title)).not.toContain('Killed for good')
})

test('the whole cloud is restarted in mid-show: the room and its counts are there, and within 10 s everybody goes on', async () => {
  const [anna, ben] = people()
  const anchor = await open(anna)
  await anchor.goLive('Through a restart')
  const viewer = await open(ben)
  await viewer.watch(/Through a restart/)
  await viewer.button(/^Like/).click()
  await anchor.button(/^Like, 1 like/).waitFor()
  await stack().stop()
  await stack().start()
  const upAt = Date.now()
  await viewer.text('The show was interrupted').waitFor({ state: 'hidden', timeout: 10_000 })
  await viewer.seesMotion(10_000)
  expect(Date.now() - upAt).toBeLessThan(10_000 + 1_000)
  await viewer.button(/^Like, 1 like/).waitFor()
  await viewer.say('still here')
  await anchor.text('still here').waitFor()
  await anchor.endShow()
})

test('a show pushed by ffmpeg is the same room, in the same list, for the same viewers', async () => {
  const [anna, ben] = people()
  const created = await callOf<{ push: { url: string }; room: { roomId: string } }>(anna, {
    action: 'create',
    title: 'From an encoder',
    cover: 'jade',
    requestId: `r-${anna}`,
  })
  const encoder: ChildProcess = spawn(
    ensureFfmpeg(),
    [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=15', '-f', 'lavfi', '-i', 'sine'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '30', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-ar', '48000', '-f', 'flv', created.push.url],
    ],
    { stdio: 'ignore' },
  )
  try {
    await eventually(async () => (await roomsOf(ben)).some(({ room }) => room.title === 'From an encoder'))
    const viewer = await open(ben)
    await viewer.watch(/From an encoder/)
    await viewer.seesMotion()
    await callOf(anna, { action: 'close', roomId: created.room.roomId })
    await viewer.text('The show has ended').waitFor()
  } finally {
    encoder.kill('SIGKILL')
  }
})

test('two taps on "go live" open one room, two taps on "end" close it once', async () => {
  const [anna] = people()
  const anchor = await open(anna)
  await anchor.button('Start a live show').click()
  await anchor.page.locator('wx-input input').fill('Twice')
  await anchor.button('Go live').dblclick()
  await anchor.onAir()
  expect((await roomsOf(anna)).filter(({ room }) => room.title === 'Twice')).toHaveLength(1)
  await anchor.endShow()
  expect(await anchor.ask((phone) => phone.problems)).toEqual([])
})

test('a second device of the anchor takes the show over, and the first one stops its camera and says why', async () => {
  const [anna, ben] = people()
  const first = await open(anna)
  await first.goLive('On two devices')
  const viewer = await open(ben)
  await viewer.watch(/On two devices/)
  const second = await open(anna)
  await second.button('Your show is still open').click()
  await second.onAir()
  await first.text('The show goes on on another device').waitFor()
  expect(await first.ask((phone) => phone.media)).toMatchObject({ cameraOn: false, micOn: false, pushing: false })
  await viewer.seesMotion()
  await second.endShow()
})

test('the camera is denied: the gate says what to open, and no camera is on', async () => {
  const [anna] = people()
  const anchor = await open(anna)
  await anchor.ask((phone) => phone.faults.camera(false))
  await anchor.button('Start a live show').click()
  await anchor.button('Open the settings').waitFor()
  expect(await anchor.ask((phone) => phone.media)).toMatchObject({ cameraOn: false, micOn: false })
})

test('a viewer without network is told, and sees the show again when the network returns', async () => {
  const [anna, ben] = people()
  const anchor = await open(anna)
  await anchor.goLive('Through a tunnel')
  const viewer = await open(ben)
  await viewer.watch(/Through a tunnel/)
  await viewer.seesMotion()
  await viewer.ask((phone) => phone.faults.offline(true))
  await viewer.page.getByLabel('Buffering').or(viewer.text('Weak network, reconnecting')).first().waitFor()
  await viewer.ask((phone) => phone.faults.offline(false))
  await viewer.seesMotion(10_000)
  await viewer.say('out of the tunnel')
  await anchor.text('out of the tunnel').waitFor()
  await anchor.endShow()
})

test('the anchor’s app goes to the background and comes back: the camera is off meanwhile, and the show goes on', async () => {
  const [anna, ben] = people()
  const anchor = await open(anna)
  await anchor.goLive('A phone call')
  const viewer = await open(ben)
  await viewer.watch(/A phone call/)
  await anchor.ask((phone) => phone.faults.background(true))
  await anchor.page.waitForFunction('!window.__phone.media.cameraOn')
  await viewer.text('The show was interrupted').waitFor()
  await anchor.ask((phone) => phone.faults.background(false))
  await viewer.seesMotion()
  await anchor.endShow()
})

test('a place that cannot show the media tags gets a placeholder that says so', async () => {
  const [anna, ben] = people()
  const anchor = await open(anna)
  await anchor.goLive('Seen in DevTools')
  const viewer = await open(ben, '&platform=devtools')
  await viewer.watch(/Seen in DevTools/)
  await viewer.text('No live picture here').waitFor()
  await viewer.say('words work')
  await anchor.text('words work').waitFor()
  await anchor.endShow()
})
