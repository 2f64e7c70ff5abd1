/** A peer that went away: the socket's owner has already seen it close. */
const PEER_GONE = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'])

/** Code of a cloud function; on CloudBase its fault would end one instance, never the service. */
const FUNCTION_FRAME = /[\\/]dist[\\/]cloudfunctions[\\/]([\w-]+)[\\/]/

/** Whether the process may go on after this error, and what to tell the developer. */
export function judge(error: unknown): { safe: boolean; advice: string } {
  const { code, stack } = (error ?? {}) as { code?: unknown; stack?: unknown }
  if (PEER_GONE.has(String(code))) return { safe: true, advice: 'a connection broke off; going on' }
  const inFunction = FUNCTION_FRAME.exec(String(stack))
  if (inFunction) {
    return {
      safe: true,
      advice: `the cloud function ${inFunction[1]} left an error uncaught: await or catch it; going on`,
    }
  }
  return { safe: false, advice: 'a fault in the local cloud: its state is in doubt, so it stops; start it again' }
}

/** Reports errors that nobody caught, and calls `stop` for those after which going on is not safe. */
export function keepRunning(stop: () => void): void {
  const caught = (error: unknown) => {
    const { safe, advice } = judge(error)
    console.error(`uncaught: ${advice}\n`, error)
    if (!safe) stop()
  }
  process.on('uncaughtException', caught)
  process.on('unhandledRejection', caught)
}
