/**
 * The wire of Tencent's chat SDK as far as the tests speak it: UTF-8 JSON `{ head, body }` in binary frames. Read from
 * what @tencentcloud/lite-chat 4.2.1 sends and accepts, so it is pinned to that version.
 */
export interface Head {
  servcmd: string
  seq: number
  /** Who is logged in on this connection; without it the packet is a login. */
  a2?: string
  identifier?: string
  usersig?: string
}

export type Body = Readonly<Record<string, unknown>>

export interface Packet {
  head: Head
  body: Body
}

/** Reads one frame; null for what is none. */
export function readPacket(data: Buffer): Packet | null {
  try {
    const { head, body } = JSON.parse(data.toString()) as Partial<Packet>
    return typeof head?.servcmd === 'string' && typeof body === 'object' ? { head, body } : null
  } catch {
    return null
  }
}

export const writePacket = (head: Partial<Head>, body: object): Buffer => Buffer.from(JSON.stringify({ head, body }))

/** The last part of a command: `group_open_http_svc.send_group_msg` is `send_group_msg`. */
export const nameOf = (servcmd: string): string => servcmd.slice(servcmd.indexOf('.') + 1)

export const seconds = (): number => Math.floor(Date.now() / 1000)

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Event numbers of what is pushed or polled. */
export const EVENT = { message: 3, system: 5, c2c: 9, kick: 10 } as const
/** `ReportType` of a group's system notices. */
export const REPORT = { dissolved: 5, custom: 255 } as const
