import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { ChatCredentials, Settings } from '../protocol/actions'
import type { RoomSummary, User } from '../protocol/room'
import type { RoomApi } from '../services/room-api/port'
import { EventList } from './event-list'
import { RecordingList } from './recording-list'
import { RoomList } from './room-list'
import type { ServerClock } from './server-clock'

export { RoomList } from './room-list'

/** Who is using the app: one per app. */
export class Session {
  me: User | null = null
  /** A show of this user that is still running; tell him that he can go on with it. */
  openRoom: RoomSummary | null = null
  settings: Settings | null = null
  /** Of the last login: how the messenger hears, outside of any room, what is for this user. */
  chat: ChatCredentials | null = null
  readonly list: RoomList
  readonly events: EventList
  readonly recordings: RecordingList
  private loggingIn: Promise<User> | null = null

  constructor(
    private readonly api: RoomApi,
    private readonly serverClock: Pick<ServerClock, 'now'>,
  ) {
    this.list = new RoomList(api)
    this.events = new EventList(api)
    this.recordings = new RecordingList(api)
    makeObservable(this, { me: observable.ref, openRoom: observable.ref, settings: observable.ref })
  }

  /**
   * Asks the server who this is and whether a show of his is running; joins the login in flight (M123). Call it whenever
   * that matters. A room can be opened without it. Rejects with RoomApiError.
   */
  login(): Promise<User> {
    if (this.loggingIn) return this.loggingIn
    const login = this.ask().finally(() => {
      this.loggingIn = null
    })
    this.loggingIn = login
    return login
  }

  /** Chooses the display name. Rejects with RoomApiError. */
  async profile(name: string): Promise<void> {
    const { me } = await this.api.call('profile', { name: name.trim() })
    runInAction(() => {
      this.me = me
    })
  }

  /** The server's clock, ms since the epoch. */
  now(): number {
    return this.serverClock.now()
  }

  /** What an answer says in passing. */
  learn({ me, settings }: { me: User; settings: Settings }): void {
    runInAction(() => {
      this.me = me
      this.settings = settings
    })
  }

  setOpenRoom(openRoom: RoomSummary | null): void {
    runInAction(() => {
      this.openRoom = openRoom
    })
  }

  private async ask(): Promise<User> {
    const answer = await this.api.call('login', {})
    this.learn(answer)
    this.chat = answer.chat
    this.setOpenRoom(answer.openRoom)
    return answer.me
  }
}
