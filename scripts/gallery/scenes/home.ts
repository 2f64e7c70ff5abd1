import type { Group } from '../studio'

const HOUR_MS = 3_600_000

export const home: Group = {
  name: 'home',
  title: 'Home',
  scenes: {
    empty: 'Nobody is on air',
    name: 'Asking for a name',
    offline: 'No network, and nothing seen before',
    list: 'Shows on air, the hottest first',
    events: 'Official shows above the list',
    stale: 'The list could not be renewed',
  },
  narrow: ['empty', 'list', 'events'],
  async play(studio) {
    const ann = await studio.open('home-ann')
    await ann.sees('home.emptyTitle')
    await studio.take(ann, 'empty')
    await ann.button('home.editName').click()
    await ann.sees('profile.title')
    await studio.take(ann, 'name')
    await ann.tap('common.cancel')

    const lost = await studio.open('home-lost')
    await lost.sees('home.emptyTitle')
    await lost.ask((phone) => phone.faults.offline(true))
    await lost.go('/pages/home/home')
    await lost.sees('home.offlineTitle')
    await studio.take(lost, 'offline')
    await lost.close()

    await studio.name('home-lin', '林小满', 'Maya Lindqvist')
    await studio.name('home-zhou', '周末厨房', 'The Sunday Kitchen')
    await studio.name('home-he', '何以为琴', 'Theo Hartmann')
    await studio.show('home-lin', studio.says('深夜书房：聊聊今年读过的好书', 'Late-night library: books of the year'))
    await studio.show('home-zhou', studio.says('红烧肉', 'Slow food'), { cover: 'amber' })
    await studio.show('home-he', studio.says('吉他练习室，欢迎点歌', 'Guitar practice, tell me what to play'), {
      cover: 'jade',
    })
    for (const viewer of ['a', 'b', 'c']) {
      const { rooms } = await studio.call(viewer, 'list', {})
      const roomId = rooms[0]?.room.roomId
      if (!roomId) throw new Error('no room in the list')
      await studio.call(viewer, 'enter', { roomId })
      await studio.call(viewer, 'like', { roomId, count: 42 })
    }
    await ann.go('/pages/home/home')
    await ann.page.getByRole('link').nth(2).waitFor()
    await studio.take(ann, 'list')

    const event = { cover: 'violet', host: studio.says('城市音乐厅', 'City Concert Hall') } as const
    const opensAt = Date.now() + 26 * HOUR_MS
    const title = studio.says('新年音乐会：从维也纳到上海', 'New Year: from Vienna to Shanghai')
    await studio.operate('event.open', { ...event, title, requestId: 'soon', opensAt })
    const { push } = await studio.operate('event.open', {
      ...event,
      cover: 'coral',
      title: studio.says('开放日', 'Open day'),
      requestId: 'now',
    })
    studio.lights(push.rtmp)
    await studio.until(async () => {
      const { rooms } = await studio.call('checker', 'list', { kind: 'event', state: 'live' })
      return rooms.length > 0
    })
    await ann.go('/pages/home/home')
    await ann.sees('event.title')
    await studio.take(ann, 'events')

    await ann.ask((phone) => phone.faults.offline(true))
    await ann.go('/pages/home/home')
    await ann.sees('home.staleHint')
    await studio.take(ann, 'stale')
  },
}
