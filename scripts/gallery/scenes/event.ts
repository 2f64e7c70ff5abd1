import type { Group } from '../studio'

const HOUR_MS = 3_600_000

export const event: Group = {
  name: 'event',
  title: 'An official show',
  scenes: {
    before: 'Before it begins',
    reminded: 'The reminder is set',
    unannounced: 'Nobody knows yet when it begins',
    due: 'It is time, and nothing is pushed yet',
    cancelled: 'It was called off',
    during: 'During the show',
    after: 'After it, the replay not ready yet',
    replay: 'The replay is there',
    playing: 'The replay plays',
  },
  narrow: ['before', 'reminded', 'due', 'cancelled', 'during', 'replay', 'playing'],
  env: { SWEEP_MS: '300' },
  async play(studio) {
    await studio.name('event-bob', '阿哲', 'Ben')
    await studio.name('event-cid', '豆豆', 'Dee')
    const host = studio.says('城市音乐厅', 'City Concert Hall')
    const about = { cover: 'violet', host } as const
    const title = studio.says('新年音乐会：从维也纳到上海', 'New Year: from Vienna to Shanghai')
    const open = (requestId: string, more: object = {}) =>
      studio.operate('event.open', { ...about, title, requestId, ...more })

    const soon = await open('soon', {
      opensAt: Date.now() + 26 * HOUR_MS,
      notice: studio.says('全场曲目单稍后公布', 'The programme follows later'),
    })
    const bob = await studio.visit('event-bob', soon.room.roomId)
    await bob.button('event.remind').waitFor()
    await bob.say(studio.says('等了一年了！', 'A whole year of waiting!'))
    await bob.reads(studio.says('等了一年了！', 'A whole year of waiting!'))
    await studio.take(bob, 'before')
    await bob.tap('event.remind')
    await bob.sees('event.remind.set')
    await studio.take(bob, 'reminded')
    await studio.operate('close', { roomId: soon.room.roomId, reason: 'called off' })
    await bob.sees('event.cancelled')
    await studio.take(bob, 'cancelled')

    const vague = await open('vague', { cover: 'jade' })
    await bob.go(`/pages/room/room?roomId=${vague.room.roomId}`)
    await bob.sees('event.unannounced')
    await studio.take(bob, 'unannounced')

    const now = await open('now', { cover: 'coral', opensAt: Date.now() + 1000, record: true })
    const { roomId } = now.room
    await bob.go(`/pages/room/room?roomId=${roomId}`)
    await bob.sees('event.due')
    await studio.take(bob, 'due')
    const encoder = studio.lights(now.push.rtmp)
    await bob.sees('room.live')
    await bob.watches()
    const dee = await studio.writer('event-cid', roomId)
    await dee.say(studio.says('开始啦', 'Here we go'))
    await bob.reads(studio.says('开始啦', 'Here we go'))
    await studio.take(bob, 'during')
    await dee.close()

    const files = await bob.hold('replays')
    await studio.operate('close', { roomId, reason: 'over' })
    encoder.stop()
    await bob.sees('event.over')
    await studio.take(bob, 'after')
    files()
    await bob.button('replay.watchLong').waitFor()
    await studio.take(bob, 'replay')
    await bob.tap('replay.watchLong')
    await bob.page.waitForFunction(
      () => (document.querySelector<HTMLVideoElement>('wx-video video')?.currentTime ?? 0) > 0,
    )
    await studio.take(bob, 'playing')
  },
}
