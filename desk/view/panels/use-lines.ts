import { useEffect, useReducer } from 'preact/hooks'
import type { Chat, ChatLine } from '../../../miniprogram/stores/room/chat'
import { withBatch } from './lines'

/** What has been said here, oldest first. */
export function useLines(chat: Chat): readonly ChatLine[] {
  const [lines, add] = useReducer(withBatch, [])
  useEffect(() => chat.onBatch((batch, past) => add({ batch, past })), [chat])
  return lines
}
