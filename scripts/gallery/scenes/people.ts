import type { Group } from '../studio'

export const people: Group = {
  name: 'people',
  title: 'People',
  scenes: {
    viewer: 'Who is here, for a viewer',
    'person-viewer': 'Somebody, as a viewer sees him',
    anchor: 'Who is here, for the anchor',
    person: 'Somebody, as the anchor sees him',
    mute: 'For how long somebody is muted',
    ban: 'Banning somebody, asked first',
    sanctioned: 'Who is muted or banned',
  },
  narrow: ['anchor', 'person', 'mute', 'ban', 'sanctioned'],
  async play(studio) {
    await studio.name('people-ann', '林小满', 'Maya Lindqvist')
    const bobId = await studio.name('people-bob', '阿哲', 'Ben')
    const cidId = await studio.name('people-cid', '一个名字特别长的听众朋友', 'Cassandra Featherst.')
    await studio.name('people-dee', '豆豆', 'Dee')
    const { roomId } = await studio.show('people-ann', studio.says('周五点唱', 'Friday requests'))
    for (const user of ['people-cid', 'people-dee']) await studio.call(user, 'enter', { roomId })
    await studio.call('people-ann', 'order.admin', { roomId, userId: cidId, on: true })
    const long = studio.says('一个名字特别长的听众朋友', 'Cassandra Featherst.')
    const person = (who: typeof bob) => who.page.getByRole('button', { name: new RegExp(`^${long}`) }).last()

    const bob = await studio.open('people-bob', { page: `/pages/room/room?roomId=${roomId}` })
    await bob.watches()
    await bob.tap('people.open')
    await person(bob).waitFor()
    await studio.take(bob, 'viewer')
    await person(bob).click()
    await bob.button('person.report').waitFor()
    await studio.take(bob, 'person-viewer')

    // From here on the stream is his phone's.
    const ann = await studio.open('people-ann', { page: `/pages/anchor/anchor?roomId=${roomId}` })
    await ann.sees('room.live')
    await ann.watches()
    await ann.tap('people.open')
    await person(ann).waitFor()
    await studio.take(ann, 'anchor')
    await person(ann).click()
    await ann.button('person.ban').waitFor()
    await studio.take(ann, 'person')
    await ann.tap('person.mute')
    await ann.sees('person.muteHow')
    await studio.take(ann, 'mute')
    await ann.tap('common.cancel')
    await ann.tap('person.ban')
    await ann.sees('person.banBody')
    await studio.take(ann, 'ban')
    await ann.tap('common.cancel')
    await ann.tap('common.close')
    await studio.call('people-ann', 'order.mute', { roomId, userId: bobId, seconds: 3600 })
    await studio.call('people-ann', 'order.ban', { roomId, userId: cidId, on: true })
    await ann.page.getByRole('tab', { name: studio.says('禁言与拉黑', 'Muted and banned') }).click()
    await ann.sees('people.banned')
    await studio.take(ann, 'sanctioned')
  },
}
