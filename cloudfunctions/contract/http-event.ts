import * as v from 'valibot'

/** What the HTTP access service hands to a function. */
export const httpEvent = v.object({
  httpMethod: v.string(),
  path: v.exactOptional(v.string()),
  headers: v.record(v.string(), v.unknown()),
  queryStringParameters: v.exactOptional(v.record(v.string(), v.unknown())),
  body: v.exactOptional(v.string()),
  isBase64Encoded: v.exactOptional(v.boolean()),
})

export type HttpEvent = v.InferOutput<typeof httpEvent>
