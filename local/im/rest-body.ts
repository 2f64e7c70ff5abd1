import type { Group } from './group'
import type { Hub } from './hub'
import { REST_ERROR, RestError } from './rest-errors'

/** The fields of a request, of whatever kind. */
export type Body = Readonly<Record<string, unknown>>
export type Command = (body: Body, context: { hub: Hub; admin: string }) => Record<string, unknown>

/** @throws RestError when there is no such group */
export function findGroup(hub: Hub, body: Body): Group {
  const group = hub.group(String(body.GroupId))
  if (!group) throw noSuchGroup()
  return group
}

export const noSuchGroup = () => new RestError(REST_ERROR.noSuchGroup, 'the group does not exist or was dissolved')
