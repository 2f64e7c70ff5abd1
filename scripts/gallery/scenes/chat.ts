import type { Group } from '../studio'

export const chat: Group = {
  name: 'chat',
  title: 'Chat',
  scenes: {
    empty: 'Nobody has said anything',
    list: 'Who comes in, who says what, and long names',
    replying: 'An answer is being written',
    reply: 'The answer, read by whom it is for',
    faces: 'Emoji, and the switch of what flies',
    flying: 'Barrage over the picture',
    'too-fast': 'Too many lines in a short time',
    muted: 'Muted by the anchor',
    'muted-all': 'Only the anchor and the admins may write',
    history: 'What was said before, for whoever comes in',
  },
  narrow: ['list', 'replying', 'too-fast', 'muted', 'muted-all'],
  async play(studio) {
    await studio.name('chat-ann', '林小满', 'Maya Lindqvist')
    const bobId = await studio.name('chat-bob', '阿哲', 'Ben')
    await studio.name('chat-cid', '一个名字特别长的听众朋友', 'Cassandra Featherst.')
    const { roomId } = await studio.show('chat-ann', studio.says('深夜书房', 'Late-night library'))
    const bob = await studio.open('chat-bob', { page: `/pages/room/room?roomId=${roomId}` })
    await bob.watches()
    await studio.take(bob, 'empty')

    const cid = await studio.writer('chat-cid', roomId)
    const ann = await studio.writer('chat-ann', roomId)
    const tell = async (who: typeof bob, chinese: string, english: string): Promise<void> => {
      const words = studio.says(chinese, english)
      await who.say(words)
      await bob.reads(words)
    }
    await tell(bob, '晚上好！', 'Good evening!')
    await tell(
      cid,
      '上次推荐的那本我看完了，结尾太妙了，完全没猜到是他',
      'I finished the one you told us about. What an ending, I never saw it coming!',
    )
    await tell(ann, '谢谢，今晚还有三本想讲', 'Thank you! Three more of them tonight')
    await tell(cid, '搬好小板凳了 🎉', 'Got my tea ready 🎉')
    await studio.take(bob, 'list')

    await bob.page.getByText(studio.says('搬好小板凳了', 'Got my tea ready')).first().click()
    await bob.tap('person.reply')
    await bob.sees('chat.replyTo')
    await bob.fill(studio.says('我也是', 'Same here'))
    await studio.take(bob, 'replying')
    await bob.tap('chat.send')
    await cid.reads(studio.says('我也是', 'Same here'))
    await studio.take(cid, 'reply')

    await bob.tap('chat.emoji')
    await bob.sees('chat.flying')
    await studio.take(bob, 'faces')
    await bob.tap('chat.emoji')

    const shouts = studio.says(
      '哈哈哈哈|好听|求书单|第三本是什么|晚安',
      'Ha!|Lovely|The list, please|Which is the third?|Night!',
    )
    for (const shout of shouts.split('|')) {
      await cid.say(shout)
      await bob.reads(shout)
    }
    await studio.take(bob, 'flying')

    for (let i = 0; i < 12 && !(await bob.ask(hasNotice)); i++) await bob.say(studio.says('还有', 'More'))
    await studio.take(bob, 'too-fast')

    await studio.call('chat-ann', 'order.mute', { roomId, userId: bobId, seconds: 600 })
    await bob.sees('line.muted')
    await studio.take(bob, 'muted')
    await studio.call('chat-ann', 'order.mute', { roomId, userId: bobId, seconds: 0 })
    await bob.sees('line.unmuted')
    await studio.call('chat-ann', 'order.muteAll', { roomId, on: true })
    await bob.sees('line.muted-all')
    await studio.take(bob, 'muted-all')
    await studio.call('chat-ann', 'order.muteAll', { roomId, on: false })

    const dee = await studio.open('chat-dee', { page: `/pages/room/room?roomId=${roomId}` })
    await dee.watches()
    await dee.reads(studio.says('晚安', 'Night!'))
    await studio.take(dee, 'history')
  },
}

const hasNotice = (): boolean => document.querySelector('wx-text[role="alert"], wx-text[aria-role="alert"]') !== null
