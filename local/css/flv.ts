import { MAX_TAG_BYTES } from './codec'

const HEADER_BYTES = 13
const TAG_HEADER_BYTES = 11
const TAG_TRAILER_BYTES = 4

/** Called for each tag; `data` is a view into a reused buffer: copy it to keep it. */
export type OnTag = (type: number, timestamp: number, data: Buffer) => void

/** Incremental FLV demuxer. Throws on a stream that is not FLV or holds an oversized tag; it is unusable afterwards. */
export class FlvDemuxer {
  #buffer = Buffer.alloc(64 << 10)
  #length = 0
  #started = false

  constructor(private readonly onTag: OnTag) {}

  push(chunk: Buffer): void {
    this.#append(chunk)
    let offset = 0
    if (!this.#started) {
      if (this.#length < HEADER_BYTES) return
      if (this.#buffer.toString('latin1', 0, 3) !== 'FLV') throw new Error('not FLV')
      this.#started = true
      offset = HEADER_BYTES
    }
    while (this.#length - offset >= TAG_HEADER_BYTES) {
      const size = this.#buffer.readUIntBE(offset + 1, 3)
      if (size > MAX_TAG_BYTES) throw new RangeError('FLV tag too long')
      const end = offset + TAG_HEADER_BYTES + size + TAG_TRAILER_BYTES
      if (end > this.#length) break
      const type = this.#buffer.readUInt8(offset)
      // The highest byte of the time stands behind the lower three.
      const timestamp = this.#buffer.readUIntBE(offset + 4, 3) + this.#buffer.readUInt8(offset + 7) * 0x1000000
      this.onTag(type, timestamp, this.#buffer.subarray(offset + TAG_HEADER_BYTES, end - TAG_TRAILER_BYTES))
      offset = end
    }
    if (offset === 0) return
    this.#buffer.copyWithin(0, offset, this.#length)
    this.#length -= offset
  }

  /** Grows by doubling, so that a tag arriving byte by byte costs no more than its length. */
  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length
    if (needed > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(needed, this.#buffer.length * 2))
      this.#buffer.copy(larger, 0, 0, this.#length)
      this.#buffer = larger
    }
    chunk.copy(this.#buffer, this.#length)
    this.#length = needed
  }
}
