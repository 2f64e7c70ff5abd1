import type { SeatDoc } from './documents'

const FREE: SeatDoc = {
  userId: '',
  name: '',
  state: 'held',
  locked: false,
  micOff: false,
  cameraOff: false,
  quietMic: false,
  quietCamera: false,
  epoch: 0,
  until: 0,
  strikes: 0,
  stream: '',
  sequence: '',
  streamAt: 0,
}

/** The seats of a new room. */
export const freeSeats = (count: number): Record<string, SeatDoc> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i + 1), { ...FREE }]))
