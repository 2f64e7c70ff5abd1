/** Resolves as soon as `condition` holds; checked with every turn of the event loop. Fails after `withinMs`. */
export async function until(condition: () => boolean, what: string, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
