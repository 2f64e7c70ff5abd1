import type { Group } from '../studio'

export const pk: Group = {
  name: 'pk',
  title: 'PK',
  scenes: {
    panel: 'Whom to ask',
    asking: 'Asked, and waiting',
    question: 'The other anchor is asked',
    anchor: 'What an anchor sees',
    viewer: 'What a viewer sees',
    result: 'The result',
    none: 'Nobody to ask',
  },
  narrow: ['panel', 'question', 'anchor', 'viewer', 'result'],
  async play(studio) {
    await studio.name('pk-ann', '林小满', 'Maya Lindqvist')
    await studio.name('pk-he', '何以为琴', 'Theo Hartmann')
    const anchor = async (user: string, title: string) => {
      const phone = await studio.open(user, { page: '/pages/anchor/anchor' })
      await phone.watches()
      await phone.fill(title)
      await phone.tap('setup.start')
      await phone.sees('room.live')
      return phone
    }
    const ann = await anchor('pk-ann', studio.says('周五点唱', 'Friday requests'))
    await ann.tap('pk.button')
    await ann.sees('pk.emptyTitle')
    await studio.take(ann, 'none')
    await ann.tap('common.close')
    const theo = await anchor('pk-he', studio.says('吉他练习室，欢迎点歌', 'Guitar practice, tell me what to play'))
    const { openRoom } = await studio.call('pk-ann', 'login', {})
    if (!openRoom) throw new Error('no show')
    const { roomId } = openRoom.room

    await ann.tap('pk.button')
    await ann.button('pk.inviteLabel').waitFor()
    await studio.take(ann, 'panel')
    await ann.tap('pk.inviteLabel')
    await ann.sees('pk.invited')
    await studio.take(ann, 'asking')
    await ann.tap('common.close')
    await theo.sees('pk.asked')
    await studio.take(theo, 'question')
    await theo.tap('pk.accept')
    const bob = await studio.open('pk-bob', { page: `/pages/room/room?roomId=${roomId}` })
    const board = (phone: typeof ann) =>
      phone.page.locator('[aria-label^="PK"][aria-role="text"], [aria-label^="PK"][role="text"]')
    for (const phone of [ann, theo, bob]) await board(phone).first().waitFor()
    for (const phone of [ann, theo, bob]) await phone.watches()
    await studio.call('pk-fan', 'enter', { roomId })
    await studio.call('pk-fan', 'like', { roomId, count: 37 })
    await bob.say(studio.says('加油加油！', 'Go, go, go!'))
    await ann.say(studio.says('谢谢大家，再点一点赞', 'Thank you! Some more likes, please'))
    await theo.say(studio.says('我们也不能输', 'We are not giving up'))
    await bob.reads(studio.says('谢谢大家，再点一点赞', 'Thank you! Some more likes, please'))
    await studio.take(ann, 'anchor')
    await studio.take(bob, 'viewer')
    await ann.tap('pk.button')
    await ann.tap('pk.end')
    await ann.tap('common.close')
    await ann.reads(studio.says('胜利！', 'Victory!'))
    await studio.take(ann, 'result')
  },
}
