import { kind, signed, streamEvent } from '../contract/live-callback'
import { check } from '../contract/parse'
import { callbackIsValid } from '../core/callback-sign'
import { answer, type HttpAnswer, jsonBody, requestOf } from '../doors/http'
import { openidOfCaller } from '../doors/identity'
import { log, services } from '../doors/services'

const refuse = (statusCode: number, message: string): HttpAnswer => answer(statusCode, { code: statusCode, message })

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
    if (type.value.event_type > 1) return answer(200, { code: 0 })
    const parsed = check(streamEvent, body)
    if (!parsed.ok) return refuse(400, 'the body is not a callback')
    const { event_type, stream_id, sequence, event_time } = parsed.value
    await room.streamEvent({
      type: event_type === 1 ? 'begin' : 'end',
      stream: stream_id,
      sequence,
      eventAt: event_time * 1000,
    })
    return answer(200, { code: 0 })
  } catch (error) {
    log('a callback could not be applied', error)
    return refuse(500, 'try again')
  }
}
