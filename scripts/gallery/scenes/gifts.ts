import type { Group } from '../studio'

export const gifts: Group = {
  name: 'gifts',
  title: 'Gifts',
  scenes: {
    sheet: 'What can be given',
    one: 'A gift',
    several: 'Several at once, and one that counts up',
  },
  narrow: ['sheet', 'several'],
  async play(studio) {
    await studio.name('gift-ann', '林小满', 'Maya Lindqvist')
    await studio.name('gift-bob', '阿哲', 'Ben')
    await studio.name('gift-cid', '一个名字特别长的听众朋友', 'Cassandra Featherst.')
    const { roomId } = await studio.show('gift-ann', studio.says('周五点唱', 'Friday requests'))
    const bob = await studio.open('gift-bob', { page: `/pages/room/room?roomId=${roomId}` })
    await bob.watches()
    const cid = await studio.writer('gift-cid', roomId)
    await bob.reads(studio.says('一个名字特别长的听众朋友', 'Cassandra Featherst.'))
    await bob.say(studio.says('安可！', 'Encore!'))
    const gift = (who: typeof bob, chinese: string, english: string) =>
      who.page.getByRole('button', { name: studio.says(chinese, english), exact: true })
    await bob.tap('gift.open')
    await gift(bob, '送出爱心', 'Send Heart').waitFor()
    await studio.take(bob, 'sheet')
    await gift(bob, '送出爱心', 'Send Heart').click()
    await bob.sees('gift.given.heart')
    await studio.take(bob, 'one')
    await cid.tap('gift.open')
    for (let i = 0; i < 3; i++) await gift(cid, '送出能量', 'Send Energy').click()
    await bob.sees('gift.given.bolt')
    await studio.take(bob, 'several')
  },
}
