import { CaptureError } from './capture-error'
import type { Size } from './quality'
import { clockCard, testCard, testTone } from './test-card'
import { hold } from './tracks'

export type Position = 'front' | 'back'
/** Where the picture comes from: a device, or drawn (`?camera=test`, `?camera=clock`, or no device at all). */
export type SourceKind = 'device' | 'test' | 'clock'

export interface OpenCamera {
  track: MediaStreamTrack
  kind: SourceKind
  /** The machine has no second camera: the caller flips the picture, so that a switch can be seen. */
  pretended: boolean
}

const asked = (): string => new URLSearchParams(location.search).get('camera') ?? ''

/** Chooses by what the machine has; only a machine without a camera gets the test card unasked. */
async function kindOf(input: 'videoinput' | 'audioinput'): Promise<SourceKind> {
  const wanted = asked()
  if (wanted === 'test' || wanted === 'clock') return wanted
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.some((device) => device.kind === input) ? 'device' : 'test'
}

function failed(device: 'camera' | 'mic', error: unknown): CaptureError {
  const name = error instanceof DOMException ? error.name : ''
  return new CaptureError(device, name === 'NotAllowedError' || name === 'SecurityError', String(error))
}

/**
 * Opens a camera that can fill `target`.
 * @param allowed what the phone's user says; a refusal ends here, as on a phone
 * @param deviceId the camera to open, while it is there; '' chooses by `position`
 * @throws CaptureError
 */
export async function openCamera(
  target: Size,
  position: Position,
  fps: number,
  allowed: boolean,
  deviceId = '',
): Promise<OpenCamera> {
  if (!allowed) throw new CaptureError('camera', true, 'the user denied the camera')
  try {
    const kind = await kindOf('videoinput')
    if (kind === 'clock') return { track: clockCard(target), kind, pretended: false }
    if (kind === 'test') return { track: testCard(target, position === 'back'), kind, pretended: false }
    const track = await deviceTrack(target, position, fps, deviceId)
    const facing = track.getSettings().facingMode
    const pretended = position === 'back' && facing !== 'environment' && (await cameras()).length < 2
    return { track, kind, pretended }
  } catch (error) {
    throw failed('camera', error)
  }
}

const cameras = async () => (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === 'videoinput')

async function deviceTrack(target: Size, position: Position, fps: number, deviceId: string): Promise<MediaStreamTrack> {
  // Labels and ids are known only after a first permission; without them `facingMode` has to do.
  const known = (await cameras()).filter((device) => device.deviceId)
  const back = known.find((device) => /back|rear|environment/i.test(device.label)) ?? known[1]
  const named = known.find((device) => device.deviceId === deviceId)
  const chosen = named ?? (position === 'back' ? back : known.find((device) => device !== back))
  // Cameras of laptops lie: a standing picture is cut from the middle, so its height is what matters.
  const tall = Math.max(target.height, (target.width * 9) / 16)
  const height = tall > 720 ? 1080 : tall > 480 ? 720 : 480
  const stream = await navigator.mediaDevices.getUserMedia({
    video: {
      ...(chosen ? { deviceId: { ideal: chosen.deviceId } } : {}),
      ...(named ? {} : { facingMode: { ideal: position === 'front' ? 'user' : 'environment' } }),
      width: { ideal: Math.round((height * 16) / 9) },
      height: { ideal: height },
      frameRate: { ideal: Math.max(fps, 15), max: 30 },
    },
  })
  const [track] = stream.getVideoTracks()
  if (!track) throw new Error('the camera gave no picture')
  return hold(track)
}

/**
 * Opens the microphone, or the test tone where there is none.
 * @param deviceId the one to open, while it is there
 * @throws CaptureError
 */
export async function openMicrophone(allowed: boolean, deviceId = ''): Promise<MediaStreamTrack> {
  if (!allowed) throw new CaptureError('mic', true, 'the user denied the microphone')
  try {
    if ((await kindOf('audioinput')) !== 'device') return testTone()
    const chosen = deviceId ? { deviceId: { ideal: deviceId } } : {}
    const audio = { ...chosen, channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    const stream = await navigator.mediaDevices.getUserMedia({ audio })
    const [track] = stream.getAudioTracks()
    if (!track) throw new Error('the microphone gave no sound')
    return hold(track)
  } catch (error) {
    throw failed('mic', error)
  }
}
