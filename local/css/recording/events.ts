import type { Callbacks } from '../callbacks'
import type { StreamingConfig } from '../options'
import type { MediaFile } from './library'

/** MP4 in `record_detail`; 5 = begun by the API (docs 267/58590). */
const DETAIL = { file_format: 3, record_bps: 0, start_model: 5, record_content: 1, source_type: 1, codec_temp_id: 0 }

export type RecordStatus = 'record_start_succeeded' | 'record_start_failed' | 'record_error' | 'record_ended'

type About = Pick<MediaFile, 'stream' | 'taskId' | 'sessionId'>

/** Callbacks about recordings: 332 = status, 100 = a file is there (docs 267/58590, 267/38082). In order per stream. */
export class RecordEvents {
  #counter = 0

  constructor(
    private readonly config: Pick<StreamingConfig, 'app' | 'domain' | 'publicBase'>,
    private readonly callbacks: Pick<Callbacks, 'record'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** `problem`: what went wrong, in plain words; a field of ours inside `record_detail`. */
  status(record_event: RecordStatus, about: About, problem?: string): void {
    const detail = problem === undefined ? DETAIL : { ...DETAIL, error_message: problem }
    this.#counter += 1
    void this.callbacks.record(about.stream, {
      event_type: 332,
      domain: this.config.domain,
      appname: this.config.app,
      stream_id: about.stream,
      event_time: Math.floor(this.now() / 1000),
      record_event,
      record_detail: JSON.stringify(detail),
      session_id: about.sessionId,
      task_id: about.taskId,
      seq: `${this.now()}${String(this.#counter).padStart(6, '0')}`,
    })
  }

  /** Resolves whether the receiver has taken it. */
  file(file: MediaFile): Promise<boolean> {
    const endedAt = file.endedAt ?? this.now()
    return this.callbacks.record(file.stream, {
      event_type: 100,
      app: this.config.domain,
      appname: this.config.app,
      stream_id: file.stream,
      channel_id: file.stream,
      file_id: file.fileId,
      record_file_id: file.fileId,
      file_format: 'mp4',
      task_id: file.taskId,
      start_time: Math.floor(file.startedAt / 1000),
      start_time_usec: microseconds(file.startedAt),
      end_time: Math.floor(endedAt / 1000),
      end_time_usec: microseconds(endedAt),
      duration: Math.max(1, Math.round(file.seconds)),
      file_size: file.bytes,
      video_url: videoUrl(this.config.publicBase, file.fileId),
      media_start_time: 0,
      record_bps: 0,
      callback_ext: file.extension,
    })
  }
}

const microseconds = (ms: number): number => Math.floor(ms % 1000) * 1000

/** Where a recorded file can be played and downloaded. */
export const videoUrl = (base: string, fileId: string): string => `${base}/vod/${fileId}.mp4`
