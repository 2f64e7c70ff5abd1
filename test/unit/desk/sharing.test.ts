import { Inputs } from '../../../desk/media/inputs'
import { Sharing } from '../../../desk/model/sharing'
import { NetHealth } from '../../../miniprogram/stores/media/net-health'

const storage = { get: () => undefined, set: () => {}, remove: () => {} }
const track = () => ({ addEventListener: () => {}, stop: () => {} })
const screen = () => {
  const tracks = [track()]
  return { getTracks: () => tracks, getVideoTracks: () => tracks } as unknown as MediaStream
}

function camera(cameraOn: boolean) {
  const said: boolean[] = []
  const own = {
    cameraOn,
    setCameraOn(on: boolean) {
      own.cameraOn = on
      said.push(on)
    },
  }
  return { own, said }
}

test('a screen in the place of a camera that is off is a picture; after it, and after a second one, the camera is off again', async () => {
  const { own, said } = camera(false)
  const inputs = new Inputs(storage, async () => screen())
  const sharing = new Sharing(inputs, own)
  await sharing.share()
  await sharing.share()
  expect(said).toEqual([true])
  inputs.stopSharing()
  expect(said).toEqual([true, false])
})

test('who shares nothing after all keeps the camera as it is', async () => {
  const { own, said } = camera(false)
  await new Sharing(new Inputs(storage, async () => null), own).share()
  expect(said).toEqual([])
})

test('a picture lies when it is clearly wider than high; two standing ones side by side do not, and no size says nothing', () => {
  const net = new NetHealth()
  const told = (videoWidth: unknown, videoHeight: unknown) => {
    net.note({ videoWidth, videoHeight } as object, 0)
    return net.lies
  }
  expect(told(540, 960)).toBe(false)
  expect(told(720, 640)).toBe(false)
  expect(told(1280, 720)).toBe(true)
  expect(told(0, 0)).toBe(true)
  expect(told(undefined, undefined)).toBe(true)
  expect(told('360', '640')).toBe(false)
})
