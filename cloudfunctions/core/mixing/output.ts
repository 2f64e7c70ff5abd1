import { createHmac } from 'node:crypto'
import { mixStream } from '../ids'
import type { ServiceConfig } from '../ports'

/** The stream of a room's mixed picture: always the same for a room, and not to be guessed. */
export const mixOutput = ({ userIdSecret }: Pick<ServiceConfig, 'userIdSecret'>, roomId: string): string =>
  mixStream(roomId, (size) => createHmac('sha256', userIdSecret).update(`mix\n${roomId}`).digest().subarray(0, size))
