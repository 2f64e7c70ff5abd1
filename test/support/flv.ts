/** FLV as an encoder writes it, for tests and measurements that push without one. */
export const FLV_HEADER = Buffer.from([0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0])

/** Type of a tag. */
export const AUDIO = 8
export const VIDEO = 9
export const SCRIPT = 18

/** Bodies of H.264 and AAC tags; `id` marks a payload of `size` bytes. */
export const body = {
  videoConfig: Buffer.from([0x17, 0, 0, 0, 0, 1, 0x42, 0xe0, 0x1f]),
  audioConfig: Buffer.from([0xaf, 0, 0x12, 0x10]),
  key: (id = 0, size = 1): Buffer => Buffer.concat([Buffer.from([0x17, 1, 0, 0, 0]), Buffer.alloc(size, id)]),
  inter: (id = 0, size = 1): Buffer => Buffer.concat([Buffer.from([0x27, 1, 0, 0, 0]), Buffer.alloc(size, id)]),
  audio: (id = 0, size = 1): Buffer => Buffer.concat([Buffer.from([0xaf, 1]), Buffer.alloc(size, id)]),
}

/** A tag with the length of the tag behind it. `timestamp` in ms, 32 bits. */
export function tag(type: number, timestamp: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(11)
  head[0] = type
  head.writeUIntBE(data.length, 1, 3)
  head.writeUIntBE(timestamp % 0x1000000, 4, 3)
  head[7] = Math.floor(timestamp / 0x1000000)
  const trailer = Buffer.alloc(4)
  trailer.writeUInt32BE(11 + data.length)
  return Buffer.concat([head, data, trailer])
}
