import * as v from 'valibot'
import type { ActionName, Input } from '../../miniprogram/protocol/actions'
import { inputs } from './actions'

/** What is wrong with a request, field by field. */
export interface Issue {
  field: string
  problem: string
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; issues: Issue[] }

/** Seen through the protocol's eyes: the schemas agree with it, see actions.ts. */
const schemas: { [A in ActionName]: v.GenericSchema<unknown, Input<A>> } = inputs
const MAX_ISSUES = 10

/** Checks any value against a schema. */
export function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Parsed<T> {
  const result = v.safeParse(schema, value)
  if (result.success) return { ok: true, value: result.output }
  const issues = result.issues.slice(0, MAX_ISSUES).map((issue) => ({
    field: v.getDotPath(issue) ?? '',
    problem: issue.message.slice(0, 200),
  }))
  return { ok: false, issues }
}

/** The name of the action that an event asks for. `hasOwn`: an action named `constructor` is no action. */
export function actionOf(event: unknown): Parsed<ActionName> {
  const name = typeof event === 'object' && event !== null ? (event as { action?: unknown }).action : undefined
  if (typeof name === 'string' && Object.hasOwn(inputs, name)) return { ok: true, value: name as ActionName }
  return { ok: false, issues: [{ field: 'action', problem: 'is not an action of this service' }] }
}

export const parseInput = <A extends ActionName>(action: A, event: unknown): Parsed<Input<A>> =>
  check(schemas[action], event)
