import { check } from '../contract/parse'
import { mediaEvent, mediaKind } from '../contract/trtc-callback'
import { Refusal } from '../core/refusal'
import { trtcCallbackIsValid } from '../core/trtc/callback-sign'
import type { MediaEvent } from '../core/trtc/events'
import { answer, bodyOf, type HttpAnswer, header, jsonBody, requestOf } from '../doors/http'
import { openidOfCaller } from '../doors/identity'
import { log, services } from '../doors/services'

const refuse = (statusCode: number, message: string): HttpAnswer => answer(statusCode, { code: statusCode, message })

/**
 * Came in, began to send a picture or sound; went. Who turns both off (202, 204) is still there; going is told by 104 alone.
 * Source: room and media callbacks of TRTC (document 647/51586).
 */
const KINDS: ReadonlyMap<number, MediaEvent['type']> = new Map([
  [103, 'begin'],
  [104, 'end'],
  [201, 'begin'],
  [203, 'begin'],
])

/**
 * The door of TRTC: HTTP, signed over the body with the callback key. TRTC waits five seconds and repeats for a minute;
 * anything but 200 is a reason to repeat.
 */
export async function main(event: unknown): Promise<HttpAnswer> {
  if (openidOfCaller() !== '') return refuse(403, 'this door is for TRTC')
  const request = requestOf(event)
  if (request?.httpMethod.toUpperCase() !== 'POST') return refuse(405, 'use POST')
  try {
    const { config, room } = services()
    if (!trtcCallbackIsValid(config.trtcCallbackKey, bodyOf(request), header(request, 'sign'))) {
      return refuse(403, 'the signature is wrong')
    }
    const body = jsonBody(request)
    const kind = check(mediaKind, body)
    if (!kind.ok) return refuse(400, 'the body is not a callback')
    const type = KINDS.get(kind.value.EventType)
    if (!type) return answer(200, { code: 0 })
    const told = check(mediaEvent, body)
    if (!told.ok) return refuse(400, 'the body is not a callback')
    const { RoomId, UserId, EventTs, EventMsTs } = told.value.EventInfo
    await room.mediaEvent({ type, roomId: RoomId, userId: UserId, eventAt: EventMsTs ?? EventTs * 1000 })
    return answer(200, { code: 0 })
  } catch (error) {
    if (error instanceof Refusal) return refuse(400, 'the body is not a callback')
    log('a callback of TRTC could not be applied', error)
    return refuse(500, 'try again')
  }
}
