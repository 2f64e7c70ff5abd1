/** Runs the streaming stand-in with the options of its argument and reports its ports to the parent process. */
import { startStreaming } from '../../../local/css'

startStreaming(JSON.parse(process.argv[2] ?? '{}')).then(({ httpPort, rtmpPort }) =>
  process.send?.({ httpPort, rtmpPort }),
)
