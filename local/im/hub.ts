import { randomUUID } from 'node:crypto'
import { encodeMessage } from './frames'
import { Group } from './group'
import type { GroupLog } from './group-log'

/** A signed-in connection, as the rest of the chat sees it. */
export interface Connection {
  readonly userId: string
  send(text: string, priority: 0 | 1 | 2): void
  kick(reason: 'multipleDevice' | 'expired'): void
}

/** Who is connected and which groups exist. Knows nothing of sockets or HTTP. */
export class Hub {
  /** Names this run: after a restart sequences begin again. */
  readonly epoch = randomUUID()
  private readonly groups = new Map<string, Group>()
  private readonly connections = new Map<string, Connection>()

  constructor(
    private readonly log: GroupLog,
    private readonly now: () => number,
  ) {
    for (const { id, owner, muted = [], mutedAll = false } of log.groups) {
      const group = new Group(id, owner, now)
      for (const { userId, until } of muted) group.mutes.set([userId], until)
      group.mutes.everybody = mutedAll
      this.groups.set(id, group)
    }
  }

  get size(): { users: number; groups: number } {
    return { users: this.connections.size, groups: this.groups.size }
  }

  group(id: string): Group | undefined {
    return this.groups.get(id)
  }

  /** The caller has made sure that the id is free. */
  createGroup(id: string, owner: string): void {
    this.log.created({ id, owner })
    this.groups.set(id, new Group(id, owner, this.now))
  }

  /** False when there is no such group. */
  dissolveGroup(id: string): boolean {
    const group = this.groups.get(id)
    if (!group) return false
    this.log.dissolved(id)
    this.groups.delete(id)
    group.dissolve()
    return true
  }

  /** Keeps members from writing for so many seconds, whether they are here now or come back; 0 lifts it. */
  mute(group: Group, userIds: readonly string[], seconds: number): void {
    const until = this.now() + seconds * 1000
    this.log.muted(group.id, userIds, until)
    group.mutes.set(userIds, until)
  }

  muteAll(group: Group, on: boolean): void {
    this.log.mutedAll(group.id, on)
    group.mutes.everybody = on
  }

  /**
   * One connection per user: an older one is told that it was kicked. A phone that reconnects has let go of its old
   * socket before, so it never hears that of itself.
   */
  connect(connection: Connection): void {
    const older = this.connections.get(connection.userId)
    this.connections.set(connection.userId, connection)
    older?.kick('multipleDevice')
  }

  disconnect(connection: Connection): void {
    if (this.connections.get(connection.userId) === connection) this.connections.delete(connection.userId)
  }

  /** False when the user is not connected: nothing is kept for later. */
  sendToUser(to: string, message: { from: string; system: boolean; dataText: string }): boolean {
    const connection = this.connections.get(to)
    if (!connection) return false
    const envelope = message.system ? { from: message.from, system: true as const } : { from: message.from }
    connection.send(encodeMessage(envelope, message.dataText), 2)
    return true
  }
}
