import { admitPlay, admitPush, type Refusal, type StreamRequest, transcodingSource } from './admission'
import type { ForbidList } from './forbid-list'
import type { StreamingConfig } from './options'
import type { Subscriber } from './stream'
import type { Push, StreamTable } from './stream-table'

/** Admission and stream table in one step: what every transport calls, so that none of them has rules of its own. */
export class Gate {
  constructor(
    private readonly config: StreamingConfig,
    private readonly table: StreamTable,
    private readonly forbidden: ForbidList,
    private readonly now: () => number = Date.now,
  ) {}

  publish(request: StreamRequest & { ip: string; close: (text: string) => void }): Push | Refusal {
    const isForbidden = (name: string): boolean => this.forbidden.has(name)
    return admitPush(request, this.config, isForbidden, this.now()) ?? this.table.publish(request)
  }

  /** Whether the request may play, and the stream is live. */
  mayPlay(request: StreamRequest): Refusal | null {
    return admitPlay(request, this.config, this.now()) ?? (this.#live(request.name) ? null : 'absent')
  }

  play(request: StreamRequest, subscriber: Subscriber): (() => void) | Refusal {
    return admitPlay(request, this.config, this.now()) ?? this.#live(request.name)?.stream.join(subscriber) ?? 'absent'
  }

  /** The push behind a name. Nothing is transcoded here: a template's stream is its source. */
  #live(name: string): Push | undefined {
    return this.table.get(name) ?? this.table.get(transcodingSource(name) ?? '')
  }
}
