import { Player, type PlayerSink } from '../../../../local/css/player'
import { body } from '../../../support/flv'
import { message } from './media'

const MB = 1 << 20

/** A sink whose reader takes bytes only when told. */
class Reader implements PlayerSink {
  bytes = 0
  readonly got: Buffer[] = []
  aborted = false
  write(bytes: Buffer): void {
    this.got.push(bytes)
    this.bytes += bytes.length
  }
  queued(): number {
    return this.bytes
  }
  end(): void {}
  abort(): void {
    this.aborted = true
  }
}

const key = (timestamp: number) => {
  const frame = message(9, body.key(1, 100_000), timestamp)
  frame.sync = true
  return frame
}
const inter = (timestamp: number) => message(9, body.inter(2, 100_000), timestamp)

function stuckPlayer(): { reader: Reader; player: Player } {
  const reader = new Reader()
  const player = new Player('flv', reader)
  player.start({ audio: true, video: true }, [])
  for (let i = 0; i < 500; i++) player.message(i % 50 === 0 ? key(i) : inter(i))
  return { reader, player }
}

it('stops feeding a viewer who never reads at 2 MB, however long it lasts', () => {
  const { reader } = stuckPlayer()
  expect(reader.bytes).toBeGreaterThan(2 * MB)
  expect(reader.bytes).toBeLessThan(2.2 * MB)
})

it('goes on at a key frame only, and only when less than 0.5 MB is left', () => {
  const { reader, player } = stuckPlayer()
  const before = reader.got.length
  reader.bytes = 0.4 * MB
  player.message(inter(600))
  reader.bytes = 0.6 * MB
  player.message(key(601))
  expect(reader.got.length).toBe(before)
  reader.bytes = 0.4 * MB
  player.message(key(602))
  player.message(inter(603))
  expect(reader.got.length).toBe(before + 2)
})

it('passes configurations while frames are skipped', () => {
  const { reader, player } = stuckPlayer()
  const config = message(9, body.videoConfig, 700)
  player.message(config)
  expect(reader.got.at(-1)).toBe(config.flv)
})

it('gives a viewer up whose queue of configurations passes every bound', () => {
  const { reader, player } = stuckPlayer()
  reader.bytes = 65 * MB
  player.message(message(9, body.videoConfig))
  expect(reader.aborted).toBe(true)
})

it('sends the backlog whole even when it is more than the mark', () => {
  const reader = new Reader()
  const backlog = Array.from({ length: 30 }, (_, i) => (i === 0 ? key(0) : inter(i)))
  new Player('flv', reader).start({ audio: true, video: true }, backlog)
  expect(reader.got.length).toBe(31)
})

it('speaks RTMP without an FLV header', () => {
  const reader = new Reader()
  const player = new Player('rtmp', reader)
  const frame = inter(5)
  player.start({ audio: true, video: true }, [frame])
  expect(reader.got).toEqual([frame.rtmp])
})
