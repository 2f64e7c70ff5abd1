import type { Chat, MixLayout, Streaming, TextCheck } from '../../../cloudfunctions/core/ports'
import type { OldWord } from '../../../cloudfunctions/core/room-service/reach'
import type { PersonalMessage, SystemMessage } from '../../../miniprogram/protocol/messages'

type Method = keyof Streaming | keyof Chat | keyof TextCheck

/** Streaming cloud, chat and text check that write down what they are told, and fail when a test wants so. */
export interface Vendors {
  streaming: Streaming
  chat: Chat
  text: TextCheck
  /** What does not answer at the moment. */
  down: Set<Method>
  /** Streams that are pushed now. */
  online: Set<string>
  /** Every forbidden stream, in order and with repeats. */
  forbidden: string[]
  /** `roomId trtcUser` of everybody who was sent out of a TRTC room, in order and with repeats. */
  sentOut: string[]
  allowed: string[]
  cut: string[]
  /** Recording tasks that run, by name. */
  recordings: Map<string, { stream: string; endsAt: number; tag: string }>
  /** Every task that was ever started. */
  recorded: string[]
  /** Waits as long as a test wants; by itself not at all. */
  pause: (ms: number) => Promise<void>
  deleted: string[]
  /** What is being mixed, by session. */
  mixes: Map<string, { layout: MixLayout; output: string }>
  groups: Set<string>
  notices: { roomId: string; message: SystemMessage }[]
  told: { userId: string; message: PersonalMessage }[]
  /** `roomId userId`, and how long. */
  muted: Map<string, number>
  mutedAll: Set<string>
  /** Rooms whose change was told in the old protocol's words, in order. */
  toldOld: string[]
  wordsTo: { account: string; word: OldWord }[]
  /** Words that the text check refuses. */
  badWords: string[]
}

export function createVendors(): Vendors {
  const down: Vendors['down'] = new Set()
  const said = {
    online: new Set<string>(),
    forbidden: [] as string[],
    sentOut: [] as string[],
    allowed: [] as string[],
    cut: [] as string[],
    recordings: new Map<string, { stream: string; endsAt: number; tag: string }>(),
    recorded: [] as string[],
    pause: async (_ms: number) => {},
    deleted: [] as string[],
    mixes: new Map<string, { layout: MixLayout; output: string }>(),
    groups: new Set<string>(),
    notices: [] as Vendors['notices'],
    told: [] as Vendors['told'],
    muted: new Map<string, number>(),
    mutedAll: new Set<string>(),
    toldOld: [] as string[],
    wordsTo: [] as Vendors['wordsTo'],
    badWords: [] as string[],
  }
  let tasks = 0
  const streaming: Streaming = {
    online: async () => new Set(said.online),
    forbid: async (stream) => {
      said.forbidden.push(stream)
      said.online.delete(stream)
    },
    forbidUser: async (roomId, trtcUser) => void said.sentOut.push(`${roomId} ${trtcUser}`),
    allow: async (stream) => void said.allowed.push(stream),
    cut: async (stream) => {
      said.cut.push(stream)
      said.online.delete(stream)
    },
    startRecording: async (stream, endsAt, tag) => {
      const task = `task-${++tasks}`
      said.recordings.set(task, { stream, endsAt, tag })
      said.recorded.push(task)
      return task
    },
    recordingsOf: async (stream) =>
      [...said.recordings].filter(([, task]) => task.stream === stream).map(([name]) => name),
    stopRecording: async (task) => void said.recordings.delete(task),
    deleteRecording: async (fileId) => void said.deleted.push(fileId),
    mix: async (session, layout, output) => void said.mixes.set(session, { layout, output }),
    endMix: async (session) => void said.mixes.delete(session),
  }
  const chat: Chat = {
    createGroup: async (roomId) => void said.groups.add(roomId),
    destroyGroup: async (roomId) => void said.groups.delete(roomId),
    notify: async (roomId, message) => void said.notices.push({ roomId, message }),
    tell: async (userId, message) => void said.told.push({ userId, message }),
    mute: async (roomId, userIds, seconds) => {
      for (const userId of userIds) said.muted.set(`${roomId} ${userId}`, seconds)
    },
    muteAll: async (roomId, on) => void (on ? said.mutedAll.add(roomId) : said.mutedAll.delete(roomId)),
    onlineCount: async () => 0,
    pushersChanged: async (roomId) => void said.toldOld.push(roomId),
    tellOld: async (account, word) => void said.wordsTo.push({ account, word }),
  }
  const text: TextCheck = { passes: async (words) => !said.badWords.some((bad) => words.includes(bad)) }
  return { ...said, down, streaming: failing(streaming, down), chat: failing(chat, down), text: failing(text, down) }
}

/** The same port, of which each method rejects while it is named in `down`. */
function failing<T extends object>(port: T, down: Set<Method>): T {
  const wrapped = Object.entries(port).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      if (down.has(name as Method)) throw new Error(`${name} is down`)
      return method(...args)
    },
  ])
  return Object.fromEntries(wrapped)
}
