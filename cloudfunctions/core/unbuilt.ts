import { Refusal } from './refusal'

/** Actions whose part is being written. */
export function unbuilt<K extends string>(...names: K[]): { [A in K]: () => Promise<never> } {
  const refuse = async () => {
    throw new Refusal('unavailable', 'not built yet')
  }
  return Object.fromEntries(names.map((name) => [name, refuse])) as { [A in K]: () => Promise<never> }
}
