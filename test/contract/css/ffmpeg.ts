import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

const found = spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0
if (!found) {
  throw new Error('These tests push and pull with ffmpeg and ffprobe. Install them, e.g. `apt-get install -y ffmpeg`.')
}

const VIDEO_IN = ['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=15']
const VIDEO_OUT = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', '15']
const audioIn = (hertz = 440) => ['-re', '-f', 'lavfi', '-i', `sine=frequency=${hertz}:sample_rate=44100`]
const AUDIO_OUT = ['-c:a', 'aac', '-b:a', '64k']

/** A live stream is looked at for five seconds otherwise. */
const BRIEFLY = ['-probesize', '100000', '-analyzeduration', '500000', '-fpsprobesize', '0']

const running = new Set<ChildProcess>()

export interface Encoder {
  process: ChildProcess
  /** What it printed and its exit code, once it has ended. */
  ended: Promise<{ code: number | null; text: string; bytes: Buffer }>
}

/** Pushes a test picture, or one colour, and a tone to an RTMP address until stopped. */
export function push(
  url: string,
  tracks: { video?: boolean; audio?: boolean; color?: string; hertz?: number } = {},
): Encoder {
  const { video = true, audio = true, color, hertz } = tracks
  const picture = color ? ['-re', '-f', 'lavfi', '-i', `color=c=${color}:size=320x240:rate=15`] : VIDEO_IN
  const inputs = [...(video ? picture : []), ...(audio ? audioIn(hertz) : [])]
  const outputs = [...(video ? VIDEO_OUT : []), ...(audio ? AUDIO_OUT : [])]
  return run('ffmpeg', ['-v', 'error', ...inputs, ...outputs, '-t', '60', '-f', 'flv', url])
}

/** FLV bytes of a few seconds with a picture and a tone, as an encoder would send them. */
export function sampleFlv(seconds: number): Buffer {
  const inputs = [...VIDEO_IN, ...audioIn()].filter((argument) => argument !== '-re')
  const args = ['-v', 'error', ...inputs, ...VIDEO_OUT, ...AUDIO_OUT, '-t', String(seconds), '-f', 'flv', '-']
  return spawnSync('ffmpeg', args, { maxBuffer: 64 << 20 }).stdout
}

/** What ffprobe finds at an address: codecs, then the number of video frames that it could decode in a second. */
export async function probe(url: string): Promise<{ codecs: string[]; frames: number }> {
  const entries = 'stream=codec_name,codec_type,nb_read_frames'
  const args = [
    '-v',
    'error',
    '-analyzeduration',
    '1000000',
    '-read_intervals',
    '%+1',
    '-count_frames',
    '-show_entries',
    entries,
    '-of',
    'json',
    url,
  ]
  const { text, code, bytes } = await run('ffprobe', args).ended
  if (code !== 0) throw new Error(text)
  const { streams } = JSON.parse(String(bytes)) as {
    streams: { codec_name: string; codec_type: string; nb_read_frames?: string }[]
  }
  const frames = streams.find((stream) => stream.codec_type === 'video')?.nb_read_frames
  return { codecs: streams.map((stream) => stream.codec_name).sort(), frames: Number(frames ?? 0) }
}

/** The next picture at an address, of a file that at `seconds`: its size, and the colour at a place as `rrggbb`. */
export async function picture(
  url: string,
  seconds = 0,
): Promise<{ width: number; height: number; at: (x: number, y: number) => string }> {
  const args = [
    '-v',
    'error',
    ...BRIEFLY,
    ...(seconds > 0 ? ['-ss', String(seconds)] : []),
    '-i',
    url,
    '-frames:v',
    '1',
    '-pix_fmt',
    'rgb24',
    '-c:v',
    'ppm',
    '-f',
    'image2pipe',
    '-',
  ]
  const { bytes, code, text } = await run('ffmpeg', args).ended
  const [head, width, height] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, 40)) ?? []
  if (code !== 0 || !head) throw new Error(text)
  const offset = (x: number, y: number): number => head.length + (y * Number(width) + x) * 3
  return {
    width: Number(width),
    height: Number(height),
    at: (x, y) => bytes.toString('hex', offset(x, y), offset(x, y) + 3),
  }
}

/** How loud a tone is in a second of sound at an address: 0 = not there, about 1 = as `push` makes it. */
export async function loudness(url: string, ...hertz: number[]): Promise<number[]> {
  const rate = 8000
  const args = [
    '-v',
    'error',
    ...BRIEFLY,
    '-i',
    url,
    '-vn',
    '-t',
    '1',
    '-ac',
    '1',
    '-ar',
    String(rate),
    '-f',
    's16le',
    '-',
  ]
  const { bytes } = await run('ffmpeg', args).ended
  const samples = Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * 2) / 4096)
  return hertz.map((tone) => {
    let [re, im] = [0, 0]
    samples.forEach((sample, i) => {
      re += sample * Math.cos((2 * Math.PI * tone * i) / rate)
      im += sample * Math.sin((2 * Math.PI * tone * i) / rate)
    })
    return (2 * Math.hypot(re, im)) / Math.max(1, samples.length)
  })
}

/** The mixing processes of a process, whose pid is that of its workers too. */
export function mixers(parent = process.pid): number[] {
  const lines = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']).stdout.toString().split('\n')
  return lines.flatMap((line) => {
    const [, pid, ppid, stat = '', args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return Number(ppid) === parent && !stat.startsWith('Z') && args.includes('filter_complex') ? [Number(pid)] : []
  })
}
/** Whether a process still runs; one that only waits for its parent to hear of its end does not. */
export const runs = (pid: number): boolean =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout.toString())

/** Ends every encoder and probe that is still running. */
export async function stopAll(): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(ends)
}

function run(command: string, args: string[]): Encoder {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let text = ''
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  const ended = new Promise<{ code: number | null; text: string; bytes: Buffer }>((resolve) => {
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, text, bytes: Buffer.concat(chunks) })
    })
  })
  return { process: child, ended }
}
