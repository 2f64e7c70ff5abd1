import type { Socket } from 'node:net'
import { REFUSALS, type Refusal, type StreamRequest } from './admission'
import { BoundedRtmp } from './codec'
import type { Gate } from './gate'
import { toMessage } from './message'
import { Player } from './player'
import { END, type Push, type StreamTable } from './stream-table'

export interface RtmpDeps {
  gate: Gate
  table: StreamTable
  idleMs: number
}

/** One RTMP connection, pushing or playing one stream. Malformed input ends the connection, nothing else. */
export function serveRtmp(socket: Socket, { gate, table, idleMs }: RtmpDeps): void {
  const rtmp = new BoundedRtmp()
  let push: Push | null = null
  let leave: (() => void) | null = null
  let over = false

  const request = (streamName: unknown): StreamRequest => {
    const [name = '', ...query] = String(streamName).split('?')
    rtmp.streamName = name
    rtmp.streamId = rtmp.parserPacket.header.stream_id
    return { app: String(rtmp.streamApp).split('?')[0] ?? '', name, query: query.join('?') }
  }
  /** Sends what is queued and takes nothing more. */
  const finish = (): void => {
    over = true
    if (push) table.unpublish(push)
    socket.end()
  }
  const refuse = (code: string, refusal: Refusal): void => {
    rtmp.sendStatusMessage(rtmp.streamId, 'error', code, REFUSALS[refusal].text)
    finish()
  }

  rtmp.onOutputCallback = (bytes) => {
    if (socket.writable) socket.write(bytes)
  }
  // These two replace methods that answer "started" before any check.
  rtmp.onPublish = ({ streamName }) => {
    if (over || push || leave) return
    const ip = socket.remoteAddress ?? ''
    const result = gate.publish({ ...request(streamName), ip, close: () => socket.destroy() })
    if (typeof result === 'string') return refuse('NetStream.Publish.BadName', result)
    push = result
    rtmp.respondPublish()
  }
  rtmp.onPlay = ({ streamName }) => {
    if (over || push || leave) return
    const asked = request(streamName)
    const refusal = gate.mayPlay(asked)
    if (refusal) return refuse('NetStream.Play.StreamNotFound', refusal)
    rtmp.respondPlay()
    const result = gate.play(
      asked,
      new Player('rtmp', {
        write: (bytes) => socket.write(bytes),
        queued: () => socket.writableLength,
        end: () => socket.end(),
        abort: () => socket.destroy(),
      }),
    )
    if (typeof result === 'string') return refuse('NetStream.Play.StreamNotFound', result)
    leave = result
  }
  rtmp.onDeleteStream = finish
  rtmp.onPacketCallback = (packet) => {
    if (push) table.push(push, toMessage(packet))
  }

  socket.setNoDelay(true)
  socket.setTimeout(idleMs, () => {
    if (push) table.unpublish(push, END.idle)
    socket.destroy()
  })
  socket.on('data', (bytes) => {
    if (over) return
    try {
      if (rtmp.parserData(bytes)) socket.destroy()
    } catch {
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    if (push) table.unpublish(push)
    leave?.()
  })
}
