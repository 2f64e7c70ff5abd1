import type { GenericSchema } from 'valibot'
import { kind, recordFile, recordStatus, signed, streamEvent } from '../contract/live-callback'
import { check } from '../contract/parse'
import { callbackIsValid } from '../core/callback-sign'
import { plainName } from '../core/live-urls'
import type { StatusEvent } from '../core/recording'
import type { RoomService } from '../core/service'
import { answer, type HttpAnswer, jsonBody, requestOf } from '../doors/http'
import { openidOfCaller } from '../doors/identity'
import { log, services } from '../doors/services'

const refuse = (statusCode: number, message: string): HttpAnswer => answer(statusCode, { code: statusCode, message })

/** Applies a body, or says that it has not the shape of its kind. */
type Apply = (room: RoomService, body: unknown) => Promise<boolean>

const on =
  <T>(schema: GenericSchema<unknown, T>, apply: (room: RoomService, event: T) => Promise<void>): Apply =>
  async (room, body) => {
    const parsed = check(schema, body)
    if (parsed.ok) await apply(room, parsed.value)
    return parsed.ok
  }

const stream = on(streamEvent, (room, { event_type, stream_id, sequence, event_time }) =>
  room.streamEvent({
    type: event_type === 1 ? 'begin' : 'end',
    stream: stream_id,
    sequence,
    eventAt: event_time * 1000,
  }),
)

const file = on(recordFile, (room, event) =>
  room.recordingArrived({
    recordingId: event.record_file_id || event.file_id,
    fileId: event.file_id,
    taskId: event.task_id ?? '',
    stream: event.stream_id,
    endedAt: event.end_time * 1000,
    durationMs: Math.round(event.duration * 1000),
    bytes: event.file_size,
    url: event.video_url,
  }),
)

const STATUS: Readonly<Record<string, StatusEvent['status']>> = {
  record_start_failed: 'lost',
  record_error: 'lost',
  record_ended: 'ended',
}

const status = on(recordStatus, async (room, { stream_id, task_id, record_event, recordevent }) => {
  const name = record_event ?? recordevent ?? ''
  const meaning = Object.hasOwn(STATUS, name) ? STATUS[name] : undefined
  if (task_id && meaning) await room.recordingChanged({ stream: stream_id, taskId: task_id, status: meaning })
})

/** The same body with our name of the stream. */
const named = (live: { bizid: string }, body: unknown): unknown => {
  const { stream_id } = body as { stream_id?: unknown }
  return typeof stream_id === 'string' ? { ...(body as object), stream_id: plainName(live, stream_id) } : body
}

/** By `event_type`; there are more kinds, which nobody here needs. */
const KINDS: ReadonlyMap<number, Apply> = new Map([
  [0, stream],
  [1, stream],
  [100, file],
  [332, status],
])

/**
 * The streaming cloud's door: HTTP, signed by the callback key. Answers `{"code":0}`, also for kinds of events that
 * nobody here needs; anything but 200 makes the streaming cloud repeat the event later.
 */
export async function main(event: unknown): Promise<HttpAnswer> {
  if (openidOfCaller() !== '') return refuse(403, 'this door is for the streaming cloud')
  const request = requestOf(event)
  if (request?.httpMethod.toUpperCase() !== 'POST') return refuse(405, 'use POST')
  let body: unknown
  try {
    body = jsonBody(request)
  } catch {
    return refuse(400, 'the body is not a callback')
  }
  try {
    const { config, room } = services()
    const proof = check(signed, body)
    if (!proof.ok || !callbackIsValid(config.callbackKey, proof.value, Date.now())) {
      return refuse(403, 'the signature is wrong or has expired')
    }
    const type = check(kind, body)
    if (!type.ok) return refuse(400, 'the body is not a callback')
    const apply = KINDS.get(type.value.event_type)
    if (apply && !(await apply(room, named(config.service.live, body))))
      return refuse(400, 'the body is not a callback')
    return answer(200, { code: 0 })
  } catch (error) {
    log('a callback could not be applied', error)
    return refuse(500, 'try again')
  }
}
