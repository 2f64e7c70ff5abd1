import { Cloud, PUSH_KEY, sign } from './cloud'
import { probe, push, stopAll } from './ffmpeg'

const PLAY_KEY = 'play-key'
const BACKUP_KEY = 'backup-key'

let cloud: Cloud
beforeAll(async () => {
  cloud = await new Cloud().start({ playKey: PLAY_KEY, pushBackupKey: BACKUP_KEY })
})
afterAll(async () => {
  await stopAll()
  await cloud.stop()
})

it('plays low-latency URLs over RTMP and FLV: signed with a push key, with the bizid of the old form', async () => {
  push(cloud.rtmp(`/live/8888_room?bizid=8888&${sign('8888_room', BACKUP_KEY)}`))
  await cloud.event(1, '8888_room')
  for (const key of [PUSH_KEY, BACKUP_KEY, PLAY_KEY]) {
    const query = `bizid=8888&${sign('8888_room', key)}`
    const seen = await Promise.all(
      [cloud.rtmp(`/live/8888_room?${query}`), cloud.http(`/live/8888_room.flv?${query}`)].map(probe),
    )
    expect(seen.map(({ codecs }) => codecs)).toEqual([
      ['aac', 'h264'],
      ['aac', 'h264'],
    ])
  }
  await expect(probe(cloud.rtmp(`/live/8888_room?${sign('8888_room', 'guess')}`))).rejects.toThrow()
}, 60_000)

it('plays a transcoded stream when the whole name is signed, and knows no template of a stream that is not live', async () => {
  push(cloud.rtmp(`/live/source?${sign('source')}`))
  await cloud.event(1, 'source')
  const play = async (name: string, signed: string): Promise<number> => {
    const response = await fetch(cloud.http(`/live/${name}.flv?${sign(signed, PLAY_KEY)}`))
    await response.body?.cancel()
    return response.status
  }
  expect(await play('source_480p', 'source_480p')).toBe(200)
  expect(await play('source_480p', 'source')).toBe(403)
  expect(await play('other_480p', 'other_480p')).toBe(404)
  const hls = await fetch(cloud.http(`/live/source_480p.m3u8?${sign('source_480p', PLAY_KEY)}`))
  const segment = /^\/hls\/source_480p\/\S+/m.exec(await hls.text())?.[0] ?? ''
  expect((await fetch(cloud.http(segment))).status).toBe(200)
}, 30_000)
