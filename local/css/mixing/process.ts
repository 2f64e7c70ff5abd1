import { type ChildProcess, spawn } from 'node:child_process'
import { Writable } from 'node:stream'
import { FlvDemuxer, type OnTag } from '../flv'
import type { Push } from '../stream-table'
import { MixFeed } from './feed'
import { FIRST_INPUT, ffmpegArguments } from './ffmpeg'
import type { MixPlan } from './layout'
import type { MixRequest } from './request'

/** What is kept of ffmpeg's complaints. */
const MAX_COMPLAINT = 2000

export interface MixProcessOptions {
  command: string
  request: MixRequest
  plan: MixPlan
  /** The push behind each stream of the plan. */
  pushes: ReadonlyMap<string, Push>
  /** Time of the mix now, ms; and when the plan was made. */
  clock: () => number
  plannedAt: number
  onTag: OnTag
  /** One of the inputs is over. */
  onInputEnd: () => void
  /** Called once, with the last that ffmpeg said. */
  onExit: (complaint: string) => void
}

/** One ffmpeg: fed with the inputs, read for the output. Owned by a mix session, which kills it. */
export class MixProcess {
  readonly #child: ChildProcess
  readonly #leave: (() => void)[] = []
  /** Settles when the process is gone. */
  readonly gone: Promise<void>
  #killed = false

  constructor({ command, request, plan, pushes, clock, plannedAt, onTag, onInputEnd, onExit }: MixProcessOptions) {
    const pipes = plan.inputs.map(() => 'pipe' as const)
    const child = spawn(command, ffmpegArguments(plan, request), { stdio: ['ignore', 'pipe', 'pipe', ...pipes] })
    this.#child = child
    let complaint = ''
    child.stderr?.on('data', (text: Buffer) => {
      complaint = (complaint + text).slice(-MAX_COMPLAINT)
    })
    const demuxer = new FlvDemuxer(onTag)
    child.stdout?.on('data', (bytes: Buffer) => {
      if (this.#killed) return
      try {
        demuxer.push(bytes)
      } catch (error) {
        complaint = String(error)
        this.kill()
      }
    })
    this.gone = new Promise((resolve) => {
      child.once('error', (error) => {
        complaint = error.message
        // Without a process there is no exit to wait for.
        if (child.pid === undefined) resolve()
      })
      child.once('close', () => resolve())
    })
    void this.gone.then(() => {
      this.#release()
      onExit(complaint.trim())
    })
    plan.inputs.forEach((stream, i) => {
      const pipe = child.stdio[FIRST_INPUT + i]
      const push = pushes.get(stream)
      if (!(pipe instanceof Writable) || !push) return
      this.#leave.push(push.stream.join(new MixFeed(pipe, plannedAt, clock, onInputEnd)))
    })
  }

  /** Ends it at once; nothing of its output counts any more. */
  kill(): void {
    this.#killed = true
    this.#release()
    this.#child.kill('SIGKILL')
  }

  #release(): void {
    for (const leave of this.#leave.splice(0)) leave()
  }
}
