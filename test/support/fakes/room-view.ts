import type { RoomView, SeatView } from '../../../miniprogram/protocol/room'

/** A live room that has begun, with what a test wants to be different. */
export const roomView = (different: Partial<RoomView> = {}): RoomView => ({
  roomId: 'r1',
  kind: 'live',
  title: 'Tea',
  cover: 'jade',
  coverFile: null,
  notice: '',
  tags: [],
  anchor: { userId: 'u1', name: 'Eve' },
  admins: [],
  muteAll: false,
  cameraOff: false,
  seats: [],
  mixed: false,
  lowLatency: false,
  recording: false,
  pk: null,
  opensAt: null,
  state: 'live',
  reason: null,
  version: 1,
  epoch: 1,
  createdAt: 0,
  startedAt: 0,
  closesInMs: null,
  ...different,
})

/** A free seat, with what a test wants to be different. */
export const seatView = (different: Partial<SeatView> = {}): SeatView => ({
  seat: 1,
  user: null,
  state: 'free',
  locked: false,
  micOff: false,
  cameraOff: false,
  quieted: { mic: false, camera: false },
  handAt: null,
  away: false,
  epoch: 1,
  endsInMs: null,
  ...different,
})
