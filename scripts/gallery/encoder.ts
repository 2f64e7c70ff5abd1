import { spawn } from 'node:child_process'
import { ensureFfmpeg } from '../tools'

/** A picture of lights in these colours, pushed to `url` until `stop`, for a fraction of what a browser's camera costs. */
export function pushLights(url: string, colours: readonly string[]): { stop(): void } {
  const lights = colours.map((colour, i) => `c${i}=${colour}`).join(':')
  const picture = `gradients=size=288x512:rate=12:n=${colours.length}:${lights}:speed=0.02:type=radial`
  const child = spawn(
    ensureFfmpeg(),
    [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=220'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '24', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-ar', '48000', '-threads', '1', '-f', 'flv', url],
    ],
    { stdio: 'ignore' },
  )
  return { stop: () => void child.kill('SIGKILL') }
}
