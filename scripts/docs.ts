/** `npm run docs`: writes what the documents take from the source. */
import { writeFileSync } from 'node:fs'
import { LIVE_ROOM_DOCS, liveRoomDoc } from './docs-live-room'
import { PROTOCOL_DOC, protocolDoc } from './docs-protocol'

writeFileSync(PROTOCOL_DOC, protocolDoc())
for (const language of ['en', 'zh'] as const) writeFileSync(LIVE_ROOM_DOCS[language], liveRoomDoc(language))
