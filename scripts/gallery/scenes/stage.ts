import type { Group } from '../studio'

const GUESTS: readonly (readonly [string, string])[] = [
  ['阿哲', 'Ben'],
  ['一个名字特别长的听众朋友', 'Cassandra Featherst.'],
  ['豆豆', 'Dee'],
  ['南风', 'Emil'],
  ['小鹿', 'Fay'],
  ['何以为琴', 'Gus'],
  ['一只猫', 'Hana'],
  ['山月', 'Iris'],
]

export const stage: Group = {
  name: 'stage',
  title: 'The stage, with people on it',
  scenes: {
    'float-2': 'Template float, two people: what the anchor sees',
    'float-4': 'Four people',
    viewer: 'What everybody else sees: one mixed picture',
    'grid-3': 'Template grid, three people',
    'grid-4': 'Four people',
    vertical1v3: 'Template vertical1v3',
    '1v3': 'Template 1v3',
    landscape: 'Template grid, the phone turned',
    'landscape-float': 'Template float, the phone turned',
    large: 'Template vertical1v3 on a large phone',
    tablet: 'Template grid on a tablet',
    pages: 'More people than a phone draws',
    'pages-next': 'The next page',
    'pages-float': 'The same, with the template float',
  },
  narrow: ['float-2', 'float-4', 'grid-4', 'vertical1v3', '1v3', 'pages'],
  async play(studio) {
    await studio.name('stage-ann', '林小满', 'Maya Lindqvist')
    const { room } = await studio.call('stage-ann', 'create', {
      title: studio.says('周五点唱：你来唱，我来弹', 'Friday requests'),
      cover: 'ocean',
      requestId: 'gallery-stage',
      seats: 8,
    })
    const { roomId } = room
    const ann = await studio.open('stage-ann', { page: `/pages/anchor/anchor?roomId=${roomId}` })
    await ann.sees('room.live')
    const bob = await studio.writer('stage-bob', roomId)
    await bob.say(studio.says('想听《晴天》', 'Play the one about the rain'))
    await bob.say(studio.says('第一次来，好热闹啊', 'First time here, what a crowd'))

    let guests = 0
    const invite = async (upTo: number): Promise<void> => {
      while (guests < upTo) {
        const user = `stage-guest-${++guests}`
        const [chinese, english] = GUESTS[guests - 1] ?? ['', '']
        await studio.name(user, chinese, english)
        await studio.guest({ roomId, owner: 'stage-ann' }, user)
      }
      await ann.page.waitForFunction(
        (tags) => document.querySelectorAll('wx-live-pusher, wx-live-player').length === tags,
        guests + 1,
      )
      await ann.watches()
    }
    const shown = async (scene: string, template: string, size: readonly [number, number] | null = null) => {
      await ann.room({ template })
      if (size) await ann.page.setViewportSize({ width: size[0], height: size[1] })
      await studio.take(ann, scene)
      if (size) await ann.page.setViewportSize(studio.look)
    }

    await invite(1)
    await shown('float-2', 'float')
    await invite(2)
    await shown('grid-3', 'grid')
    await invite(3)
    await shown('float-4', 'float')
    await shown('landscape-float', 'float', [812, 375])
    await shown('grid-4', 'grid')
    await shown('landscape', 'grid', [812, 375])
    await shown('tablet', 'grid', [768, 1024])
    await shown('vertical1v3', 'vertical1v3')
    await shown('large', 'vertical1v3', [414, 896])
    await shown('1v3', '1v3')
    if (studio.look.lang !== 'en') {
      const eve = await studio.open('stage-eve', { page: `/pages/room/room?roomId=${roomId}` })
      await eve.watches()
      await studio.take(eve, 'viewer')
      await eve.close()
    }
    await invite(8)
    await shown('pages', 'grid')
    await shown('pages-float', 'float')
    await ann.tap('stage.pageNext')
    await shown('pages-next', 'grid')
  },
}
