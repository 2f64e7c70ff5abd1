import type { Group } from '../studio'

export const kinds: Group = {
  name: 'kinds',
  title: 'Other shows and other phones',
  scenes: {
    latency: 'Low latency, switched on by the viewer',
    landscape: 'A phone held sideways; the page’s watermark',
    voice: 'A voice show: no camera at all',
    'voice-viewer': 'The same, for who listens',
    'voice-more': 'What else its anchor has',
    plain: 'A phone that draws pictures over everything: the controls that it can draw',
  },
  narrow: ['latency', 'voice', 'voice-viewer', 'plain'],
  async play(studio) {
    await studio.name('kinds-cao', '曹老师', 'Dr. Osei')
    const lesson = studio.says('天文夜话', 'Astronomy by night')
    const show = await studio.show('kinds-cao', lesson, { lowLatency: 3 })
    const dan = await studio.visit('kinds-dan', show.roomId)
    await dan.watches()
    await dan.page.getByRole('switch', { name: studio.word('latency.turnOn') }).click()
    await dan.page.getByRole('switch', { name: studio.word('latency.turnOff') }).waitFor()
    await dan.watches()
    await studio.take(dan, 'latency')
    const eve = await studio.visitSideways('kinds-eve', show.roomId)
    await eve.watches()
    await eve.room({ watermark: studio.says('天文夜话 · 仅供会员观看', 'Astronomy by night · members only') })
    await eve.say(studio.says('那颗是木星吗？', 'Is that Jupiter?'))
    await eve.reads(studio.says('那颗是木星吗？', 'Is that Jupiter?'))
    await studio.take(eve, 'landscape')
    await eve.close()
    await dan.room({}, 'goPlain')
    await studio.take(dan, 'plain')
    await dan.close()

    await studio.name('kinds-eva', '电台里的伊娃', 'Eva on the radio')
    const radio = await studio.open('kinds-eva', { page: '/pages/anchor/anchor' })
    await radio.room({ pureAudio: true })
    await radio.button('device.mute').waitFor()
    await radio.fill(studio.says('睡前电台：只听，不看', 'Bedtime radio: close your eyes'))
    await radio.tap('setup.start')
    await radio.sees('room.live')
    await studio.take(radio, 'voice')
    const { openRoom } = await studio.call('kinds-eva', 'login', {})
    const listener = await studio.visit('kinds-dan', openRoom?.room.roomId ?? '')
    await listener.sees('room.audioOnly')
    await studio.take(listener, 'voice-viewer')
    await radio.tap('device.moreLabel')
    await radio.button('common.close').waitFor()
    await studio.take(radio, 'voice-more')
  },
}
