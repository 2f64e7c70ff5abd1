import type { Group } from '../studio'

export const air: Group = {
  name: 'air',
  title: 'On air',
  scenes: {
    anchor: 'The anchor',
    quality: 'Quality',
    viewer: 'A viewer',
    hearts: 'Hearts',
    statistics: 'Figures of the stream, by a long press',
    share: 'Share',
    landscape: 'A viewer, the phone turned',
    paused: 'The anchor has turned the camera off',
    confirm: 'Ending the show, asked first',
    'over-anchor': 'The end, for the anchor',
    'over-viewer': 'The end, for a viewer',
  },
  narrow: ['anchor', 'viewer', 'share', 'statistics', 'confirm', 'over-anchor', 'over-viewer'],
  async play(studio) {
    await studio.name('air-ann', '林小满', 'Maya Lindqvist')
    await studio.name('air-bob', '阿哲', 'Ben')
    const title = studio.says('深夜书房：聊聊今年读过的好书', 'Late-night library: books of the year')
    const ann = await studio.open('air-ann', { page: '/pages/anchor/anchor' })
    await ann.watches()
    await ann.fill(title)
    await ann.tap('setup.start')
    await ann.sees('room.live')
    const { openRoom } = await studio.call('air-ann', 'login', {})
    if (!openRoom) throw new Error('no show')
    const { roomId } = openRoom.room
    const bob = await studio.open('air-bob', { page: `/pages/room/room?roomId=${roomId}` })
    await bob.watches()
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

    const { width, height } = studio.look
    await bob.page.setViewportSize({ width: height, height: width })
    await studio.take(bob, 'landscape')
    await bob.page.setViewportSize({ width, height })

    await ann.tap('device.qualityLabel')
    await ann.sees('quality.FHD')
    await studio.take(ann, 'quality')
    await ann.tap('common.close')

    await ann.tap('device.cameraOff')
    await ann.sees('room.selfAudioOnly')
    await studio.take(ann, 'paused')
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
