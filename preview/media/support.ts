import { avcCodec } from './quality'
import { hasTrackProcessor } from './track-processor'

/** Why this browser cannot push, in words for the person in front of it; null when it can. */
export async function whyNoPush(): Promise<string | null> {
  if (!globalThis.isSecureContext) return 'Camera and microphone need https or localhost.'
  if (!navigator.mediaDevices?.getUserMedia) return 'This browser gives no access to cameras.'
  if (typeof VideoEncoder === 'undefined')
    return 'This browser has no WebCodecs. Use a current Chrome, Edge or Chromium.'
  if (!hasTrackProcessor()) return 'This browser cannot read camera frames. Use a current Chrome, Edge or Chromium.'
  const size = { width: 360, height: 640 }
  const config = { codec: avcCodec(size, 15), ...size, avc: { format: 'avc' as const } }
  const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }))
  return supported ? null : 'This browser cannot encode H.264. Use the system Chrome or Chromium, not a reduced build.'
}

/** Why nothing can be pushed to this address here, in words for a person; null when it can. */
export const whyNotThere = (url: string): string | null =>
  url.startsWith('room://')
    ? 'MEDIA_PLANE is trtc: this address leads into a room of Tencent’s TRTC, and there is none on a laptop. See such a call on a phone, or leave MEDIA_PLANE at rtmp.'
    : null
