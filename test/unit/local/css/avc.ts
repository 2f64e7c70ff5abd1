/** Configuration of a 320x240 baseline stream as an FLV body, as x264 writes it. */
export const AVC_CONFIG = Buffer.from(
  '17000000000142c00cffe100166742c00cda0507ec0440000003004000000783c50aa801000468ce0fc8',
  'hex',
)

/** One NAL unit behind its length; the muxers do not look inside. */
const nal = (head: number[], kind: number): Buffer => Buffer.from([...head, 1, 0, 0, 0, 0, 0, 3, kind, 0x88, 0x84])
export const AVC_KEY = nal([0x17], 0x65)
export const AVC_INTER = nal([0x27], 0x41)
