import { encodeAmf0Data } from 'node-media-server/src/protocol/amf.js'
import Flv from 'node-media-server/src/protocol/flv.js'
import { type MediaMessage, toMessage } from '../../../../local/css/message'

/** Body of an `onMetaData` tag. */
export const meta = (fields: object): Buffer => encodeAmf0Data({ cmd: 'onMetaData', dataObj: fields })

/** A tag of type 8, 9 or 18 as a message; throws if it would be dropped. */
export function message(type: number, data: Buffer, timestamp = 0): MediaMessage {
  const result = toMessage(Flv.parserTag(type, timestamp, data.length, data))
  if (!result) throw new Error('the tag was dropped')
  return result
}
