import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { KeyValueStorage } from '../../../services/device/port'
import type { Reminders } from '../../../services/reminders/port'
import { fieldsOf, isCount } from '../../room/shapes'

const KEY = 'live-appointments'
/** More shows than this are not waited for. */
const MAX = 50

type Kept = Record<string, number>

const isKept = (value: unknown): value is Kept => {
  const kept = fieldsOf(value)
  return kept !== null && Object.values(kept).every(isCount)
}

/** `moved`: there is a reminder, and the show has another time now. */
export type AppointmentState = 'none' | 'asking' | 'set' | 'moved' | 'refused' | 'unsupported'

/** What is asked of one show. */
interface Show {
  roomId: string
  title: string
  /** Server time (ms). */
  opensAt: number
}

/** The reminders that this user has asked for; they outlive the app. */
export class Appointments {
  private kept: Kept
  private asking = ''
  private answer: { roomId: string; state: 'refused' | 'unsupported' } | null = null

  constructor(
    private readonly storage: KeyValueStorage,
    private readonly reminders: Reminders | null,
  ) {
    this.kept = storage.get(KEY, isKept) ?? {}
    makeObservable<this, 'kept' | 'asking' | 'answer'>(this, {
      kept: observable.ref,
      asking: observable,
      answer: observable.ref,
    })
  }

  stateOf(roomId: string, opensAt: number): AppointmentState {
    if (this.asking === roomId) return 'asking'
    if (this.answer?.roomId === roomId) return this.answer.state
    if (!this.reminders) return 'unsupported'
    const known = this.kept[roomId]
    return known === undefined ? 'none' : known === opensAt ? 'set' : 'moved'
  }

  /** In a tap. A second one while the first is being answered does nothing. Never rejects. */
  async make({ roomId, title, opensAt }: Show): Promise<void> {
    const { reminders } = this
    if (!reminders || this.asking !== '') return
    runInAction(() => {
      this.asking = roomId
      this.answer = null
    })
    const reminded = await reminders.remind({ title, opensAt })
    const taken = reminded === 'message' || reminded === 'calendar'
    runInAction(() => {
      this.asking = ''
      if (taken) this.keep(roomId, opensAt)
      else this.answer = { roomId, state: reminded }
    })
  }

  private keep(roomId: string, opensAt: number): void {
    const { [roomId]: _before, ...others } = this.kept
    this.kept = Object.fromEntries([...Object.entries(others), [roomId, opensAt] as const].slice(-MAX))
    this.storage.set(KEY, this.kept)
  }
}
