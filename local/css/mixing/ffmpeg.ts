import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { MixPlan } from './layout'
import type { MixRequest } from './request'

/** Where inputs begin among the file descriptors of the child. */
export const FIRST_INPUT = 3

/** What somebody who wants to mix has to do. */
export const NO_FFMPEG =
  'mixing needs ffmpeg on this machine, and it is not on the PATH: install it, e.g. apt-get install ffmpeg'

/**
 * The program that mixes, or null.
 * @param configured a path, '' for whatever is on the PATH, or null for none
 */
export function findFfmpeg(configured: string | null, env: NodeJS.ProcessEnv = process.env): string | null {
  if (configured !== '') return configured
  const names = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg']
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const candidate = join(folder, name)
      if (folder !== '' && isExecutable(candidate)) return candidate
    }
  }
  return null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Arguments of ffmpeg. Inputs come through pipes and the output leaves through one, so neither a port nor a signature
 * stands in the list of processes, and the child ends with us: nothing comes in and nothing can go out any more.
 */
export function ffmpegArguments(plan: MixPlan, { video, audio }: MixRequest): string[] {
  // The first packets must stay (no `nobuffer`): one of them is the only key frame for seconds.
  const quick = ['-probesize', '100000', '-analyzeduration', '500000', '-fpsprobesize', '0']
  const inputs = plan.inputs.flatMap((_stream, i) => [
    ...['-threads', '1', '-flags', 'low_delay', ...quick],
    ...['-f', 'flv', '-i', `pipe:${FIRST_INPUT + i}`],
  ])
  const rate = ['-b:v', `${video.kbps}k`, '-maxrate', `${video.kbps}k`, '-bufsize', `${video.kbps}k`]
  return [
    ...['-hide_banner', '-v', 'error', '-nostats', '-nostdin', '-copyts'],
    ...inputs,
    ...['-filter_complex', plan.filter, '-filter_complex_threads', '1', '-map', '[v]', '-map', '[a]'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1'],
    ...['-g', String(video.fps * video.gopSeconds), ...rate],
    ...['-c:a', 'aac', '-b:a', `${audio.kbps}k`],
    ...['-flvflags', 'no_duration_filesize', '-flush_packets', '1', '-f', 'flv', 'pipe:1'],
  ]
}
