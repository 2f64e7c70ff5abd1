import type { Actor } from '../actor'
import type { Group, Studio } from '../studio'

export const air: Group = {
  name: 'air',
  title: 'On air',
  scenes: {
    entering: 'A viewer comes in',
    anchor: 'The anchor',
    viewer: 'A viewer',
    hearts: 'Hearts',
    statistics: 'Figures of the stream, by a long press',
    share: 'Share',
    more: 'What else an anchor has: picture and sound',
    quality: 'Quality',
    beauty: 'Beauty',
    filters: 'Filters',
    music: 'Music and voice',
    paused: 'The anchor has turned the camera off',
    'paused-viewer': 'The same, for a viewer',
    confirm: 'Ending the show, asked first',
    'over-anchor': 'The end, for the anchor',
    'over-viewer': 'The end, for a viewer',
  },
  narrow: [
    ...['entering', 'anchor', 'viewer', 'share', 'statistics', 'more', 'beauty', 'music', 'paused-viewer'],
    ...['confirm', 'over-anchor', 'over-viewer'],
  ],
  async play(studio) {
    await studio.name('air-ann', '林小满', 'Maya Lindqvist')
    await studio.name('air-bob', '阿哲', 'Ben')
    const title = studio.says('深夜书房：聊聊今年读过的好书', 'Late-night library: books of the year')
    const { phone: ann, roomId } = await studio.goLive('air-ann', title)
    const bob = await studio.open('air-bob')
    const letIn = await bob.hold('enter')
    await bob.go(`/pages/room/room?roomId=${roomId}`)
    await bob.sees('state.entering')
    await studio.take(bob, 'entering')
    letIn()
    await bob.watches()
    await talk(studio, ann, bob)
    await viewer(studio, bob)
    await sheets(studio, ann)

    await ann.tap('device.cameraOff')
    await ann.sees('room.selfAudioOnly')
    await bob.sees('room.audioOnly')
    await studio.take(ann, 'paused')
    await studio.take(bob, 'paused-viewer')
    await ann.tap('device.cameraOn')

    await ann.tap('room.end')
    await ann.sees('confirm.endTitle')
    await studio.take(ann, 'confirm')
    await ann.tap('confirm.end')
    await ann.sees('end.selfTitle')
    await studio.take(ann, 'over-anchor')
    await bob.sees('end.title')
    await studio.take(bob, 'over-viewer')
  },
}

async function talk(studio: Studio, ann: Actor, bob: Actor): Promise<void> {
  await bob.say(studio.says('晚上好！', 'Good evening!'))
  const praise = studio.says(
    '上次推荐的那本我看完了，结尾太妙了',
    'I finished the one you told us about. What an ending!',
  )
  await bob.say(praise)
  await ann.reads(praise)
  const thanks = studio.says('谢谢，今晚还有三本想讲', 'Thank you! Three more of them tonight')
  await ann.say(thanks)
  await bob.reads(thanks)
  await studio.take(ann, 'anchor')
  await studio.take(bob, 'viewer')
}

async function viewer(studio: Studio, bob: Actor): Promise<void> {
  await bob.button('like.button').click({ clickCount: 12, delay: 60 })
  await studio.take(bob, 'hearts')

  await bob.page.mouse.move(120, 300)
  await bob.page.mouse.down()
  await bob.sees('stats.title')
  await bob.page.mouse.up()
  await bob.sees('stats.fps')
  await studio.take(bob, 'statistics')
  await bob.tap('common.close')

  await bob.tap('room.share')
  await bob.button('share.album').waitFor()
  await studio.take(bob, 'share')
  await bob.tap('common.close')
}

/** What an anchor opens from below. */
async function sheets(studio: Studio, ann: Actor): Promise<void> {
  await ann.room({
    music: [
      studio.says('雨夜街灯', 'Street lamps in the rain'),
      studio.says('旧书页', 'Old pages'),
      studio.says(
        '一首名字特别特别长、一行放不下的钢琴曲',
        'A piece for piano whose name is far too long for one line',
      ),
    ].map((name, i) => ({ name, url: `https://music.example/${i}.mp3` })),
  })
  await ann.tap('device.moreLabel')
  await ann.button('device.sound').waitFor()
  await studio.take(ann, 'more')
  await ann.tap('device.qualityLabel')
  await ann.sees('quality.FHD')
  await studio.take(ann, 'quality')
  await ann.tap('common.close')
  await ann.tap('device.moreLabel')
  await ann.tap('device.filter')
  await ann.sees('filter.nostalgia')
  await studio.take(ann, 'filters')
  await ann.tap('common.close')
  await ann.tap('device.beautyLabel')
  await ann.sees('beauty.smooth')
  await studio.take(ann, 'beauty')
  await ann.tap('common.close')
  await ann.tap('device.moreLabel')
  await ann.tap('device.sound')
  await ann.sees('music.effect')
  await studio.take(ann, 'music')
  await ann.tap('common.close')
}
