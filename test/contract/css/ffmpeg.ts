import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

const found = spawnSync('ffmpeg', ['-version']).status === 0 && spawnSync('ffprobe', ['-version']).status === 0
if (!found) {
  throw new Error('These tests push and pull with ffmpeg and ffprobe. Install them, e.g. `apt-get install -y ffmpeg`.')
}

const VIDEO_IN = ['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=15']
const VIDEO_OUT = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', '15']
const AUDIO_IN = ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100']
const AUDIO_OUT = ['-c:a', 'aac', '-b:a', '64k']

const running = new Set<ChildProcess>()

export interface Encoder {
  process: ChildProcess
  /** What it printed and its exit code, once it has ended. */
  ended: Promise<{ code: number | null; text: string }>
}

/** Pushes a test picture and a tone to an RTMP address until stopped. */
export function push(url: string, tracks: { video?: boolean; audio?: boolean } = {}): Encoder {
  const { video = true, audio = true } = tracks
  const inputs = [...(video ? VIDEO_IN : []), ...(audio ? AUDIO_IN : [])]
  const outputs = [...(video ? VIDEO_OUT : []), ...(audio ? AUDIO_OUT : [])]
  return run('ffmpeg', ['-v', 'error', ...inputs, ...outputs, '-t', '60', '-f', 'flv', url])
}

/** FLV bytes of a few seconds with a picture and a tone, as an encoder would send them. */
export function sampleFlv(seconds: number): Buffer {
  const inputs = [...VIDEO_IN, ...AUDIO_IN].filter((argument) => argument !== '-re')
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
  const { text, code } = await run('ffprobe', args).ended
  if (code !== 0) throw new Error(text)
  const { streams } = JSON.parse(text) as {
    streams: { codec_name: string; codec_type: string; nb_read_frames?: string }[]
  }
  const frames = streams.find((stream) => stream.codec_type === 'video')?.nb_read_frames
  return { codecs: streams.map((stream) => stream.codec_name).sort(), frames: Number(frames ?? 0) }
}

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
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (text += chunk))
  const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, text })
    })
  })
  return { process: child, ended }
}
