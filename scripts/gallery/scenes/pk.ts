import type { Actor } from '../actor'
import type { Group } from '../studio'

const board = (phone: Actor) =>
  phone.page.locator('[aria-label^="PK"][aria-role="text"], [aria-label^="PK"][role="text"]').first()

export const pk: Group = {
  name: 'pk',
  title: 'PK',
  scenes: {
    none: 'Nobody to ask',
    panel: 'Whom to ask',
    asking: 'Asked, and waiting',
    question: 'The other anchor is asked',
    anchor: 'What an anchor sees',
    viewer: 'What a viewer sees',
    landscape: 'The phone held sideways; the page’s watermark',
    'panel-on': 'The panel while it is on',
    won: 'Won',
    lost: 'Lost',
    'viewer-result': 'The result, for a viewer',
    draw: 'A draw',
    refused: 'The other one would rather not',
  },
  narrow: ['panel', 'question', 'anchor', 'viewer', 'won', 'lost', 'viewer-result', 'draw', 'refused'],
  async play(studio) {
    await studio.name('pk-ann', '林小满', 'Maya Lindqvist')
    await studio.name('pk-he', '何以为琴', 'Theo Hartmann')
    await studio.name('pk-bob', '阿哲', 'Ben')
    const { phone: ann, roomId } = await studio.goLive('pk-ann', studio.says('周五点唱', 'Friday requests'))
    await ann.tap('pk.button')
    await ann.sees('pk.emptyTitle')
    await studio.take(ann, 'none')
    await ann.tap('common.close')
    const title = studio.says('吉他练习室，欢迎点歌', 'Guitar practice, tell me what to play')
    const { phone: theo, roomId: rivalRoomId } = await studio.goLive('pk-he', title)

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
    const bob = await studio.visit('pk-bob', roomId)
    for (const phone of [ann, theo, bob]) await board(phone).waitFor()
    for (const phone of [ann, theo, bob]) await phone.watches()
    await studio.call('pk-fan', 'enter', { roomId })
    await studio.call('pk-fan', 'like', { roomId, count: 37 })
    await bob.say(studio.says('加油加油！', 'Go, go, go!'))
    const thanks = studio.says('谢谢大家，再点一点赞', 'Thank you! Some more likes, please')
    await ann.say(thanks)
    await theo.say(studio.says('我们也不能输', 'We are not giving up'))
    await bob.reads(thanks)
    await studio.take(ann, 'anchor')
    await studio.take(bob, 'viewer')
    const eve = await studio.visitSideways('pk-eve', roomId)
    await eve.watches()
    await eve.room({ watermark: studio.says('周五点唱 · 第 12 期', 'Friday requests, no. 12') })
    await board(eve).waitFor()
    await studio.take(eve, 'landscape')
    await eve.close()

    await ann.tap('pk.button')
    await ann.button('pk.end').waitFor()
    await studio.take(ann, 'panel-on')
    await ann.tap('pk.end')
    await ann.tap('common.close')
    await ann.sees('pk.won')
    await Promise.all([
      studio.take(ann, 'won'),
      theo.sees('pk.lost').then(() => studio.take(theo, 'lost')),
      bob.sees('pk.won').then(() => studio.take(bob, 'viewer-result')),
    ])

    const { room } = await studio.call('pk-ann', 'pk.invite', { roomId, rivalRoomId, durationS: 180 })
    const draw = { roomId: rivalRoomId, pkId: room.pk?.pkId ?? '' }
    await studio.call('pk-he', 'pk.accept', draw)
    await board(theo).waitFor()
    await studio.call('pk-he', 'pk.end', draw)
    await theo.sees('pk.draw')
    await studio.take(theo, 'draw')
    await ann.tap('pk.button')
    await ann.tap('pk.inviteLabel')
    await ann.sees('pk.invited')
    await ann.tap('common.close')
    await theo.tap('pk.refuse')
    await ann.sees('pk.refused')
    await studio.take(ann, 'refused')
  },
}
