import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { signAdminToken } from '../../cloudfunctions/core/admin/token'
import { loadKeys } from '../../local/data-dir'
import type { Key } from '../../miniprogram/locales/dictionary'
import type { ActionName, Input, Output } from '../../miniprogram/protocol/actions'
import type { AdminActionName, AdminInput, AdminOutput } from '../../miniprogram/protocol/admin'
import type { Stack } from '../../test/support/stack'
import { Actor, type Look } from './actor'
import { pushLights } from './encoder'
import { pattern } from './words'

/** Keeps what a phone shows under the name of a scene. */
export type Take = (actor: Actor, scene: string) => Promise<void>

/** A show with a stream of an encoder. */
export interface Show {
  roomId: string
  owner: string
  stop(): void
}

const LIGHTS: readonly (readonly string[])[] = [
  ['0x1c2a78', '0x2f7fe0', '0x9fd3ff', '0x0b1440'],
  ['0x74260f', '0xe0862f', '0xffd9a0', '0x2a0f08'],
  ['0x0b3d4a', '0x1fa37a', '0xb8f0d4', '0x06222a'],
  ['0x3b1d78', '0x8f5be0', '0xe6c8ff', '0x170a33'],
]

/** One cloud and one browser, and the people in it, for as long as a group of scenes is looked at. */
export class Studio {
  private readonly actors: Actor[] = []
  private readonly encoders: { stop(): void }[] = []

  constructor(
    readonly stack: Stack,
    private readonly browser: Browser,
    readonly look: Look,
    readonly take: Take,
  ) {}

  /** The one of two texts that is in the language of these pictures. */
  says(chinese: string, english: string): string {
    return this.look.lang === 'en' ? english : chinese
  }

  /** What is read for `key`. */
  word(key: Key): RegExp {
    return pattern(this.look.lang, key)
  }

  async open(user: string, query: Record<string, string> = {}, look = this.look): Promise<Actor> {
    const actor = await Actor.open(this.browser, this.stack, look, user, query)
    this.actors.push(actor)
    return actor
  }

  /** Somebody who only writes: his phone plays nothing. */
  writer(user: string, roomId: string): Promise<Actor> {
    return this.visit(user, roomId, { platform: 'devtools' })
  }

  /** Who decides as fast as this waits as long as the server says. */
  async call<A extends ActionName>(user: string, action: A, input: Input<A>): Promise<Output<A>> {
    const { result, error } = await this.stack.call('room', { ...input, action }, user)
    const { retryInMs } = (error?.details ?? {}) as { retryInMs?: number }
    if (error?.code === 'rate-limited' && retryInMs) {
      await sleep(retryInMs)
      return this.call(user, action, input)
    }
    if (error) throw new Error(`${action} was refused: ${JSON.stringify(error)}`)
    return result as Output<A>
  }

  async operate<A extends AdminActionName>(action: A, input: AdminInput<A>): Promise<AdminOutput<A>> {
    const token = signAdminToken(
      loadKeys(this.stack.dataDir).adminTokenSecret,
      'gallery',
      Math.floor(Date.now() / 1000) + 60,
    )
    const response = await fetch(`${this.stack.url}/http/admin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...input, action }),
    })
    const reply = (await response.json()) as { result?: AdminOutput<A>; error?: unknown }
    if (!reply.result) throw new Error(`${action} was refused: ${JSON.stringify(reply.error)}`)
    return reply.result
  }

  async name(user: string, chinese: string, english: string): Promise<string> {
    const { me } = await this.call(user, 'profile', { name: this.says(chinese, english) })
    return me.userId
  }

  /** The public id of somebody. */
  async idOf(user: string): Promise<string> {
    return (await this.call(user, 'login', {})).me.userId
  }

  /** An anchor's phone with a show on air, pushed by its camera. */
  async goLive(
    user: string,
    title: string,
    query: Record<string, string> = {},
  ): Promise<{ phone: Actor; roomId: string }> {
    const phone = await this.open(user, { page: '/pages/anchor/anchor', ...query })
    await phone.watches()
    await phone.fill(title)
    await phone.tap('setup.start')
    await phone.sees('room.live')
    const { openRoom } = await this.call(user, 'login', {})
    if (!openRoom) throw new Error('no show')
    return { phone, roomId: openRoom.room.roomId }
  }

  /** A viewer's phone in a room. */
  visit(user: string, roomId: string, query: Record<string, string> = {}): Promise<Actor> {
    return this.open(user, { page: `/pages/room/room?roomId=${roomId}`, ...query })
  }

  /** The same, with a phone that is held sideways. */
  visitSideways(user: string, roomId: string): Promise<Actor> {
    const { width, height } = this.look
    return this.open(
      user,
      { page: `/pages/room/room?roomId=${roomId}` },
      { ...this.look, width: height, height: width },
    )
  }

  /** A show on air, pushed by an encoder. */
  async show(owner: string, title: string, more: Partial<Input<'create'>> = {}): Promise<Show> {
    const { room, push } = await this.call(owner, 'create', {
      title,
      cover: 'ocean',
      requestId: `gallery-${owner}`,
      ...more,
    })
    const encoder = this.lights(push.url)
    await this.until(async () => (await this.call('checker', 'enter', { roomId: room.roomId })).room.state === 'live')
    await this.call('checker', 'leave', { roomId: room.roomId })
    return { roomId: room.roomId, owner, stop: () => encoder.stop() }
  }

  /** A stream of an encoder, ended with the group. */
  lights(url: string): { stop(): void } {
    const encoder = pushLights(url, LIGHTS[this.encoders.length % LIGHTS.length] ?? [])
    this.encoders.push(encoder)
    return encoder
  }

  /** Somebody comes on stage with an encoder of his own. */
  async guest(show: { roomId: string; owner: string }, user: string): Promise<void> {
    const { roomId } = show
    await this.call(user, 'enter', { roomId })
    const { link } = await this.call(user, 'link.request', { roomId })
    await this.call(show.owner, 'link.accept', { roomId, linkId: link.linkId })
    const { push } = await this.call(user, 'seat.take', { roomId })
    this.lights(push.url)
  }

  async until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 90_000
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error('it did not come to that')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async dispose(): Promise<void> {
    for (const encoder of this.encoders.splice(0)) encoder.stop()
    await Promise.all(this.actors.splice(0).map((actor) => actor.close()))
  }
}

/** Scenes that belong together, taken in one go. */
export interface Group {
  name: string
  title: string
  /** Name of a scene and what it shows, in the order of the table. */
  scenes: Record<string, string>
  /** Those that are also looked at on a narrow phone, in English. */
  narrow: readonly string[]
  /** Settings of the cloud that these scenes need. */
  env?: Record<string, string>
  play(studio: Studio): Promise<void>
}
