/** Frames of a track as a stream. Chromium has it on the main thread; the DOM types do not know it yet. */
interface TrackProcessor<T> {
  readonly readable: ReadableStream<T>
}
type TrackProcessorClass = new <T>(init: { track: MediaStreamTrack; maxBufferSize?: number }) => TrackProcessor<T>

const Processor = (): TrackProcessorClass | undefined =>
  (globalThis as { MediaStreamTrackProcessor?: TrackProcessorClass }).MediaStreamTrackProcessor

export const hasTrackProcessor = (): boolean => Processor() !== undefined

/**
 * Reads a track's frames. Each frame read must be closed by the reader.
 * @param buffer frames kept when nobody reads; older ones are dropped
 */
export function readTrack<T extends VideoFrame | AudioData>(
  track: MediaStreamTrack,
  buffer: number,
): ReadableStreamDefaultReader<T> {
  const Class = Processor()
  if (!Class) throw new Error('MediaStreamTrackProcessor is missing')
  return new Class<T>({ track, maxBufferSize: buffer }).readable.getReader()
}
