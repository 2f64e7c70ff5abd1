import logger from 'node-media-server/src/core/logger.js'
import Rtmp from 'node-media-server/src/protocol/rtmp.js'

// The codec files print to stdout, driven by whatever a stranger sends.
logger.log = () => undefined

/** Largest tag or message taken from a pusher; a key frame of 1080p is far below. */
export const MAX_TAG_BYTES = 4 << 20
const MAX_CHUNK_STREAMS = 64
const MAX_CHUNK_BYTES = 16 << 20

/** RTMP parser with bounds: the vendor's allocates whatever a header declares, per chunk stream. */
export class BoundedRtmp extends Rtmp {
  override packetAlloc(): void {
    if (this.parserPacket.header.length > MAX_TAG_BYTES) throw new RangeError('RTMP message too long')
    if (this.inPackets.size > MAX_CHUNK_STREAMS) throw new RangeError('too many RTMP chunk streams')
    super.packetAlloc()
  }

  override controlHandler(): void {
    super.controlHandler()
    // A chunk size of 0 would make the parser divide by it and stand still.
    if (this.inChunkSize < 1 || this.inChunkSize > MAX_CHUNK_BYTES) throw new RangeError('bad RTMP chunk size')
  }
}
