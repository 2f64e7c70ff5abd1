import type { ActionName, Input, Output } from '../../miniprogram/protocol/actions'
import type { Reply } from '../../miniprogram/protocol/errors'

/** Calls the `room` function of the local cloud as this user. Throws with the server's message. */
export async function callRoom<A extends ActionName>(user: string, action: A, input: Input<A>): Promise<Output<A>> {
  const response = await fetch('/functions/room', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-dev-openid': user },
    body: JSON.stringify({ action, ...input }),
  })
  const reply = (await response.json()) as Reply<Output<A>>
  if ('error' in reply) throw new Error(reply.error.message)
  return reply.result
}
