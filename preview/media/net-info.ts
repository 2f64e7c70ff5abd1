/** Counters of a stream since its start; `at` in ms. */
export interface StreamCount {
  at: number
  videoBytes: number
  audioBytes: number
  frames: number
  width: number
  height: number
  /** Milliseconds of sound and picture waiting to be played, or of bytes waiting to be sent. */
  cache: number
}

/** `detail.info` of `bindnetstatus`, as phones send it: kbps, frames a second, ms. */
export interface NetInfo {
  videoBitrate: number
  audioBitrate: number
  videoFPS: number
  videoGOP: number
  netSpeed: number
  netJitter: number
  /** 1 (best) to 6 (worst). */
  netQualityLevel: number
  videoWidth: number
  videoHeight: number
  videoCache: number
  audioCache: number
  vDecCacheSize: number
  vSumCacheSize: number
  avPlayInterval: number
  avRecvInterval: number
  audioCacheThreshold: number
}

const kbps = (bytes: number, seconds: number) => Math.max(0, Math.round((bytes * 8) / 1000 / seconds))

/**
 * The figures between two readings.
 * @param gop seconds between key frames
 * @param level quality from 1 to 6, as judged by the caller
 */
export function netInfo(before: StreamCount, now: StreamCount, gop: number, level: number): NetInfo {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000)
  const videoRate = kbps(now.videoBytes - before.videoBytes, seconds)
  const audioRate = kbps(now.audioBytes - before.audioBytes, seconds)
  return {
    videoBitrate: videoRate,
    audioBitrate: audioRate,
    videoFPS: Math.max(0, Math.round((now.frames - before.frames) / seconds)),
    videoGOP: gop,
    netSpeed: videoRate + audioRate,
    netJitter: 0,
    netQualityLevel: level,
    videoWidth: now.width,
    videoHeight: now.height,
    videoCache: now.cache,
    audioCache: now.cache,
    vDecCacheSize: 0,
    vSumCacheSize: 0,
    avPlayInterval: 0,
    avRecvInterval: 0,
    audioCacheThreshold: 0,
  }
}

export const NOTHING: StreamCount = { at: 0, videoBytes: 0, audioBytes: 0, frames: 0, width: 0, height: 0, cache: 0 }
