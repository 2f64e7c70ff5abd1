import { aacConfig, avcConfig } from '../decoder-config'
import type { MediaMessage } from '../message'
import type { Stream } from '../stream'
import type { MixSource } from './layout'

/**
 * Which tracks a stream really has: known once every track that its metadata names has shown a first frame, so that the
 * first picture of a mix shows all of them. Some publishers name tracks that never come: after `waitMs` what has come is
 * all there is.
 */
export function tracksOf(stream: Stream, waitMs: number): Promise<MixSource> {
  return new Promise((resolve) => {
    /** What can be decoded, and of that what has come. */
    const source: MixSource = { audio: false, video: false, width: 0, height: 0 }
    const usable = { audio: false, video: false }
    let named = { audio: true, video: true }

    const look = (message: MediaMessage): void => {
      if (message.kind === 'audio-config') usable.audio = aacConfig(message.data) !== null
      else if (message.kind === 'video-config') {
        const config = avcConfig(message.data)
        usable.video = config !== null
        Object.assign(source, { width: config?.codedWidth ?? 0, height: config?.codedHeight ?? 0 })
      } else if (message.kind === 'audio') source.audio = usable.audio
      else if (message.kind === 'key') source.video = usable.video
    }
    const finish = (): void => {
      clearTimeout(timer)
      leave()
      resolve(source)
    }
    const finishIfComplete = (): void => {
      if ((source.audio || !named.audio) && (source.video || !named.video)) finish()
    }

    const timer = setTimeout(finish, waitMs)
    let leave = (): void => undefined
    leave = stream.join({
      start(tracks, backlog) {
        named = tracks
        for (const message of backlog) look(message)
      },
      message(message) {
        look(message)
        if (message.isFrame) finishIfComplete()
      },
      end: finish,
    })
    finishIfComplete()
  })
}
