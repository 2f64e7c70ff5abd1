import * as v from 'valibot'
import type { RecordingActions } from '../../miniprogram/protocol/recording'
import type { Schemas } from './schemas'
import { cursor, flag, pageSize, recordingId, roomId, time, userId } from './text'

export const recordingInputs = {
  record: v.object({ roomId, on: flag }),
  recordings: v.object({
    roomId: v.exactOptional(roomId),
    anchorId: v.exactOptional(userId),
    after: v.exactOptional(time),
    before: v.exactOptional(time),
    cursor: v.exactOptional(cursor),
    limit: v.exactOptional(pageSize),
  }),
  'recording.delete': v.object({ recordingId }),
} satisfies Schemas<RecordingActions>
