import Flv from 'node-media-server/src/protocol/flv.js'
import type { RawData, WebSocket } from 'ws'
import { REFUSALS, type Refusal, type StreamRequest } from './admission'
import { FlvDemuxer } from './flv'
import type { Gate } from './gate'
import { toMessage } from './message'
import { Player } from './player'
import { END, type StreamTable } from './stream-table'

/** Close codes beside those of the refusals: ended by the cloud (4001), no data from the pusher (4008). */
const KICKED = 4001
const IDLE = 4008

export interface WsDeps {
  gate: Gate
  table: StreamTable
  idleMs: number
}

/** A refusal comes as a close code after the upgrade: a failed upgrade shows a page only 1006 and no reason. */
function refuse(ws: WebSocket, refusal: Refusal): void {
  ws.close(REFUSALS[refusal].close, REFUSALS[refusal].text)
}

/** FLV over a WebSocket, pushing (subprotocol `publisher`): the text `ok` says that the push is accepted. */
export function serveWsPush(ws: WebSocket, request: StreamRequest & { ip: string }, deps: WsDeps): void {
  const push = deps.gate.publish({ ...request, close: (text) => ws.close(KICKED, text) })
  if (typeof push === 'string') {
    refuse(ws, push)
    return
  }
  const demuxer = new FlvDemuxer((type, timestamp, data) => {
    deps.table.push(push, toMessage(Flv.parserTag(type, timestamp, data.length, data)))
  })
  const idle = setTimeout(() => {
    deps.table.unpublish(push, END.idle)
    ws.close(IDLE, END.idle.errmsg)
  }, deps.idleMs)
  ws.on('message', (data) => {
    idle.refresh()
    try {
      demuxer.push(toBuffer(data))
    } catch {
      ws.terminate()
    }
  })
  ws.on('close', () => {
    clearTimeout(idle)
    deps.table.unpublish(push)
  })
  ws.send('ok')
}

/** FLV over a WebSocket, playing. */
export function serveWsPlay(ws: WebSocket, request: StreamRequest, deps: WsDeps): void {
  const leave = deps.gate.play(
    request,
    new Player('flv', {
      write: (bytes) => ws.send(bytes),
      queued: () => ws.bufferedAmount,
      end: () => ws.close(1000, 'stream end'),
      abort: () => ws.terminate(),
    }),
  )
  if (typeof leave === 'string') {
    refuse(ws, leave)
    return
  }
  ws.on('close', leave)
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
