import type { ServiceConfig } from '../../cloudfunctions/core/ports'

export const GRACE_MS = 60_000
export const EVENT_GRACE_MS = 600_000
export const LEASE_MS = 180_000
export const VIEWER_LEASE_MS = 180_000
export const IDLE_MS = 300_000
export const SEAT_HOLD_MS = 30_000
export const LINK_WAIT_MS = 30_000
export const RING_MS = 30_000
export const QUEUE_WAIT_MS = 600_000

/** A room service's configuration for tests; none of its keys opens anything. */
export const config: ServiceConfig = {
  userIdSecret: 'test-user-id-secret',
  storageEnv: 'test',
  live: {
    pushBase: 'rtmp://push.test/live',
    playBase: 'http://play.test/live',
    rtmpPlayBase: 'rtmp://play.test/live',
    webrtcBase: '',
    bizid: '',
    pushKey: 'push-key',
    pushBackupKey: 'backup-key',
    playKey: 'play-key',
    pushTtlS: 86_400,
    lowLatencyTtlS: 600,
    eventPushTtlS: 604_800,
  },
  media: { kind: 'rtmp' },
  chat: { kind: 'local', url: 'ws://127.0.0.1:1/im/ws' },
  im: { sdkAppId: 1400000000, secretKey: 'im-secret' },
  settings: { heartbeatMs: 60_000, pollMs: 60_000 },
  graceMs: GRACE_MS,
  eventGraceMs: EVENT_GRACE_MS,
  leaseMs: LEASE_MS,
  viewerLeaseMs: VIEWER_LEASE_MS,
  idleMs: IDLE_MS,
  seatHoldMs: SEAT_HOLD_MS,
  linkWaitMs: LINK_WAIT_MS,
  ringMs: RING_MS,
  queueWaitMs: QUEUE_WAIT_MS,
  openQueues: ['desk'],
  // No slow machine takes so long; what follows when it does has tests of its own.
  verdictMs: 60_000,
  textFailClosed: false,
}
