import type { Playback } from '../../../../../miniprogram/stores/media/playback'
import type { Publisher } from '../../../../../miniprogram/stores/media/publisher'
import type { Slot, Stage } from '../../../../../miniprogram/stores/room/stage/types'
import { onStage } from '../../../../support/fakes/link-mic'

const mediaAt = (stage: Stage, slot: Slot): Publisher | Playback => {
  const tile = stage.tiles.find((each) => each.slot === slot && !each.leaving)
  if (!tile) throw new Error(`nobody has a tag at ${slot}`)
  return tile.media.kind === 'camera' ? tile.media.publisher : tile.media.playback
}

/** Bob, on stage beside Ann. */
async function talk() {
  const all = await onStage()
  const { room, clock } = all
  const say = async (slot: Slot, ms: number) => {
    for (let at = 0; at < ms; at += 300) {
      mediaAt(room.stage, slot).onVolume({ volume: 60 })
      await clock.pass(300)
    }
  }
  return { ...all, say, stage: room.stage }
}

test('everybody on stage is heard, oneself too; only another one gets the floor', async () => {
  const { stage, say } = await talk()
  await say('seat-1', 3000)
  expect([stage.talking, stage.speaker]).toEqual([['seat-1'], null])
  await say('anchor', 2400)
  expect([stage.talking, stage.speaker]).toEqual([['anchor'], 'anchor'])
})

test('who is muted does not talk, whatever his tag reports', async () => {
  const { room, stage, link, say } = await talk()
  await say('seat-1', 600)
  expect(stage.talking).toEqual(['seat-1'])
  await link.setMicOff(true)
  await say('seat-1', 600)
  expect([stage.talking, room.stage.camera?.muted]).toEqual([[], true])
})

test('a picture that shows everybody tells nobody from the others', async () => {
  const { service, roomId, link, clock, stage, say } = await talk()
  await link.leave()
  await clock.pass(1000)
  service.alter(roomId, { mixed: true })
  await clock.pass(2000)
  await say('anchor', 900)
  expect([stage.mixed, stage.talking]).toEqual([true, []])
})

test('the floor is free again when its holder is gone, and when the visit ends', async () => {
  const { room, show, clock, stage, say } = await talk()
  await say('anchor', 2400)
  expect(stage.speaker).toBe('anchor')
  await show.close()
  await clock.pass(1000)
  await room.leave()
  expect([stage.speaker, stage.talking]).toEqual([null, []])
})
