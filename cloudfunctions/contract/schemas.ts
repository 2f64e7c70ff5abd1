import type * as v from 'valibot'

/** One object schema per action of a part of the protocol, yielding exactly the input that the protocol declares. */
export type Schemas<Part> = {
  [A in keyof Part]: v.GenericSchema<unknown, Part[A] extends { input: infer I } ? I : never>
}
