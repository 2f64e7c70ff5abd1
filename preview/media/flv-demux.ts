import { type Bytes, FILE_HEAD, TAG_HEAD, TAG_OVERHEAD } from './flv'

/** One tag as read; `payload` is a view into the chunk, to be copied by whoever keeps it. */
export interface FlvTag {
  type: number
  /** Milliseconds. */
  timestamp: number
  payload: Bytes
}

/** No frame of ours comes near this; a larger size means that the bytes are not FLV. */
const MAX_PAYLOAD = 8 << 20

/** Cuts an FLV byte stream, arriving in any pieces, into tags. `push` throws when the bytes are not FLV. */
export class FlvDemux {
  private rest: Bytes = new Uint8Array(0)
  private opened = false

  constructor(private readonly onTag: (tag: FlvTag) => void) {}

  push(chunk: Bytes): void {
    const bytes = this.joined(chunk)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    if (!this.opened && bytes.length >= FILE_HEAD) {
      if (view.getUint32(0) >>> 8 !== 0x464c56) throw new Error('not an FLV stream')
      this.opened = true
      at = FILE_HEAD
    }
    while (this.opened && bytes.length - at >= TAG_HEAD) {
      const size = view.getUint32(at) & 0xffffff
      if (size > MAX_PAYLOAD) throw new Error(`FLV tag of ${size} bytes`)
      if (bytes.length - at < TAG_OVERHEAD + size) break
      const time = view.getUint32(at + 4)
      this.onTag({
        type: view.getUint8(at) & 31,
        timestamp: ((time >>> 8) | (time << 24)) >>> 0,
        payload: bytes.subarray(at + TAG_HEAD, at + TAG_HEAD + size),
      })
      at += TAG_OVERHEAD + size
    }
    this.rest = bytes.slice(at)
  }

  private joined(chunk: Bytes): Bytes {
    if (!this.rest.length) return chunk
    const both = new Uint8Array(this.rest.length + chunk.length)
    both.set(this.rest)
    both.set(chunk, this.rest.length)
    return both
  }
}
