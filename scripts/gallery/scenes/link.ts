import type { Group } from '../studio'

export const link: Group = {
  name: 'link',
  title: 'Link-mic',
  scenes: {
    off: 'A viewer opens the sheet',
    asking: 'His request is on its way',
    waiting: 'He waits for the anchor',
    'waiting-bar': 'The sheet closed, he still waits',
    bar: 'The anchor is asked',
    desk: 'The anchor’s desk: who asks, who is invited, the seats',
    reject: 'A no with its reason',
    rejected: 'The no, read by the viewer',
    invited: 'A viewer is invited',
    held: 'His seat is held; he sees himself alone',
    'held-sheet': 'The same in the sheet',
    joining: 'His picture is on its way',
    guest: 'On stage: what the guest sees',
    'guest-sheet': 'What he can do there',
    anchor: 'What the anchor sees',
    viewer: 'What everybody else sees',
    grid: 'The same in a page with the template grid and a watermark',
    'desk-on': 'The desk with somebody on stage',
    kicked: 'Sent off the stage',
    denied: 'The way on stage without a camera',
  },
  narrow: [
    'off',
    'waiting',
    'bar',
    'desk',
    'reject',
    'rejected',
    'invited',
    'held',
    'guest',
    'anchor',
    'viewer',
    'desk-on',
  ],
  async play(studio) {
    await studio.name('link-ann', '林小满', 'Maya Lindqvist')
    const bobId = await studio.name('link-bob', '阿哲', 'Ben')
    const cidId = await studio.name('link-cid', '一个名字特别长的听众朋友', 'Cassandra Featherst.')
    await studio.name('link-dee', '豆豆', 'Dee')
    const title = studio.says('周五点唱：你来唱，我来弹', 'Friday requests: you sing, I play')
    const { phone: ann, roomId } = await studio.goLive('link-ann', title)
    const bob = await studio.visit('link-bob', roomId)
    await bob.watches()
    await bob.say(studio.says('想唱一首《晴天》', 'I would love to sing one'))

    await bob.tap('link.button')
    await bob.button('link.ask').waitFor()
    await studio.take(bob, 'off')
    const ask = await bob.hold('link.request')
    await bob.tap('link.ask')
    await bob.sees('link.asking')
    await studio.take(bob, 'asking')
    ask()
    await bob.sees('link.waiting.heading')
    await studio.take(bob, 'waiting')
    await bob.tap('common.close')
    await studio.take(bob, 'waiting-bar')
    await ann.sees('desk.news')
    await studio.take(ann, 'bar')
    for (const user of ['link-cid', 'link-dee']) {
      await studio.call(user, 'enter', { roomId })
    }
    await studio.call('link-dee', 'link.request', { roomId })
    await ann.room({}, 'invite', cidId)
    await ann.tap('link.button.queue')
    await ann.sees('desk.invited.left')
    await studio.take(ann, 'desk')
    await ann.tap('desk.reject.label')
    await ann.page.getByRole('radio').nth(2).click()
    await studio.take(ann, 'reject')
    await ann.tap('desk.reject.send')
    await bob.sees('link.ended.rejected.reason')
    await studio.take(bob, 'rejected')
    await ann.tap('common.close')

    await studio.call('link-ann', 'link.invite', { roomId, userId: bobId })
    await bob.sees('link.invited.heading')
    await studio.take(bob, 'invited')
    await bob.tap('link.accept')
    await bob.sees('link.held.heading')
    await bob.watches()
    await studio.take(bob, 'held')
    await bob.tap('link.button.held')
    await bob.button('link.giveBack').waitFor()
    await studio.take(bob, 'held-sheet')
    const join = await bob.hold('seat.take')
    await bob.tap('link.confirm')
    await bob.button('link.button.joining').waitFor()
    await studio.take(bob, 'joining')
    join()
    await bob.button('link.button.on').waitFor()
    const eve = await studio.visit('link-eve', roomId)
    for (const phone of [bob, ann, eve]) await phone.watches()
    await ann.say(studio.says('欢迎阿哲！', 'Welcome, Ben!'))
    await bob.reads(studio.says('欢迎阿哲！', 'Welcome, Ben!'))
    await studio.take(ann, 'anchor')
    await studio.take(bob, 'guest')
    await studio.take(eve, 'viewer')
    await eve.close()
    await ann.room({ template: 'grid', watermark: studio.says('点唱 · 第 12 期', 'Requests, no. 12') })
    await studio.take(ann, 'grid')
    await ann.room({ template: 'float', watermark: '' })
    await bob.tap('link.button.on')
    await bob.button('link.leave').waitFor()
    await studio.take(bob, 'guest-sheet')
    await bob.tap('common.close')
    await ann.page.getByRole('button', { name: studio.says('连麦管理', 'Manage the stage') }).click()
    await ann.sees('desk.seat.on')
    await studio.take(ann, 'desk-on')
    await ann.tap('desk.kick.label')
    await bob.sees('link.ended.kicked')
    await studio.take(bob, 'kicked')

    await bob.ask((phone) => phone.faults.camera(false))
    await bob.tap('common.close')
    await bob.tap('link.button')
    await bob.tap('link.ask')
    await studio.until(async () => (await studio.call('link-ann', 'link.list', { roomId })).links.length > 2)
    const { links } = await studio.call('link-ann', 'link.list', { roomId })
    const his = links.find(({ user }) => user.userId === bobId)
    if (!his) throw new Error('no request')
    await studio.call('link-ann', 'link.accept', { roomId, linkId: his.linkId })
    await bob.button('permission.settings').waitFor()
    await studio.take(bob, 'denied')
  },
}
