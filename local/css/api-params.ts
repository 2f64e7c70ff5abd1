import * as v from 'valibot'
import { ApiError } from './api-error'

/** What answers an action: takes the JSON object of the request, gives the fields of `Response`. Throws ApiError. */
export type Action = (params: object) => object | Promise<object>

/** A text that must be there. Tencent takes an empty one for a missing one. */
export const name = v.pipe(v.string(), v.nonEmpty())

/** A whole number within bounds, both included. */
export const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

/** Which stream: all actions on one stream demand these three. */
export const streamTarget = { DomainName: name, AppName: name, StreamName: name }

/** An action behind its schema. Fields that the schema does not name are ignored, as a newer client may send them. */
export function action<S extends v.GenericSchema<unknown, object>>(
  schema: S,
  run: (input: v.InferOutput<S>) => object | Promise<object>,
): Action {
  return (params) => {
    const result = v.safeParse(schema, params, { abortEarly: true })
    if (!result.success) throw refusal(result.issues[0])
    return run(result.output)
  }
}

/** Tencent tells apart: missing, of the wrong type, of the right type and not allowed. */
function refusal(issue: v.BaseIssue<unknown>): ApiError {
  const field = v.getDotPath(issue) ?? 'the request'
  if (issue.type === 'non_empty' || issue.received === 'undefined') {
    return new ApiError('MissingParameter', `${field} is missing`)
  }
  const code = issue.kind === 'schema' ? 'InvalidParameter' : 'InvalidParameterValue'
  return new ApiError(code, `${field}: ${issue.message}`)
}
