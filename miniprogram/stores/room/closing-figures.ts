import type { ShowSummary } from '../../protocol/room'
import { type RoomApi, RoomApiError } from '../../services/room-api/port'
import { readSummary } from './read-message'

/** The figures of a room that is over: it refuses every question, and tells them with it. Rejects with RoomApiError. */
export async function closingFigures(api: RoomApi, roomId: string): Promise<ShowSummary | null> {
  try {
    await api.call('sync', { roomId, version: 0 })
  } catch (error) {
    if (error instanceof RoomApiError && error.code === 'room-closed') return readSummary(error.details.summary)
    throw error
  }
  return null
}
