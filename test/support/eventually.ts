/** Asks until the answer is yes; fails after `withinMs`. For facts of another process that announce themselves nowhere. */
export async function eventually(ask: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${withinMs} ms: ${ask}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
