import type { Actor } from '../../../scripts/gallery/actor'
import { rest } from '../../../scripts/gallery/album'
import type { Studio } from '../../../scripts/gallery/studio'
import { inspect } from './inspect'

/** Looks at what a phone shows now, and keeps what is wrong with it under this name. */
export type Look = (actor: Actor, state: string) => Promise<void>

/** Everything that is wrong, state by state; empty states are left out. */
export function inspector(studio: Studio, faults: Record<string, string[]>): Look {
  return async ({ page }, state) => {
    // Transitions of the preview's own pages end soon.
    await rest({ page } as Actor)
    const found = await inspect(page, studio.look.lang)
    if (found.length > 0) faults[state] = found
    await page.setViewportSize(studio.look)
  }
}

export async function open(studio: Studio, user: string, query: Record<string, string> = {}): Promise<Actor> {
  const actor = await studio.open(user, query)
  await actor.page.emulateMedia({ reducedMotion: 'reduce' })
  return actor
}

/** Home, from empty to a list, and the rooms that cannot be opened. */
export async function walkHome(studio: Studio, look: Look): Promise<void> {
  const { lang } = studio.look
  await studio.name(`${lang}-cook`, '周末厨房', 'The Sunday Kitchen')
  const bob = await open(studio, `${lang}-reader`)
  await bob.sees('home.emptyTitle')
  await look(bob, 'home, empty')
  await bob.tap('home.editName')
  await bob.sees('profile.title')
  await look(bob, 'home, asking for a name')
  await bob.tap('common.cancel')
  const title = studio.says('红烧肉：从选肉开始，慢慢炖上两个小时', 'Slow food: two hours with one good pot')
  const show = await studio.show(`${lang}-cook`, title, { cover: 'amber' })
  await bob.go('/pages/home/home')
  await bob.page.getByRole('link', { name: title }).waitFor()
  await look(bob, 'home, a show on air')
  await bob.ask((phone) => phone.faults.offline(true))
  await bob.go('/pages/home/home')
  await bob.sees('home.staleHint')
  await look(bob, 'home, without a network')
  await studio.call(show.owner, 'close', { roomId: show.roomId })
  show.stop()
  await bob.close()
}

/** What stands between an anchor and his show. */
export async function walkGates(studio: Studio, look: Look): Promise<void> {
  const { lang } = studio.look
  const page = '/pages/anchor/anchor'
  const unsure = await open(studio, `${lang}-privacy`, { page, permissions: 'asked' })
  // The question of the system itself, which is none of ours.
  await unsure.page.getByText('拒绝', { exact: true }).click()
  await unsure.button('permission.agree').waitFor()
  await look(unsure, 'gate, privacy')
  await unsure.close()
  for (const capability of ['account', 'library']) {
    const barred = await open(studio, `${lang}-${capability}`, { page, capability })
    await barred.page.getByRole('dialog').first().waitFor()
    await look(barred, `gate, ${capability}`)
    await barred.close()
  }
  const denied = await open(studio, `${lang}-denied`)
  await denied.ask((phone) => phone.faults.camera(false))
  await denied.go(page)
  await denied.button('permission.settings').waitFor()
  await look(denied, 'gate, denied')
  await denied.close()
}

/** An anchor from the first title to the figures at the end, and a viewer beside him. */
export async function walkShow(studio: Studio, look: Look): Promise<void> {
  const { lang } = studio.look
  await studio.name(`${lang}-ann`, '林小满', 'Maya Lindqvist')
  await studio.name(`${lang}-bob`, '阿哲', 'Ben')
  await studio.name(`${lang}-cid`, '一个名字特别长的听众朋友', 'Cassandra Featherst.')
  const ann = await open(studio, `${lang}-ann`, { page: '/pages/anchor/anchor' })
  await ann.watches()
  await ann.fill('🎈'.repeat(41))
  await ann.sees('setup.tooLong')
  await look(ann, 'anchor, a title that is too long')
  await ann.fill(studio.says('深夜书房：聊聊今年读过的好书', 'Late-night library: books of the year'))
  await look(ann, 'anchor, before the show')
  await ann.tap('setup.start')
  await ann.sees('room.live')
  const { openRoom } = await studio.call(`${lang}-ann`, 'login', {})
  if (!openRoom) throw new Error('no show')
  const { roomId } = openRoom.room

  const bob = await open(studio, `${lang}-bob`, { page: `/pages/room/room?roomId=${roomId}` })
  await bob.watches()
  const praise = studio.says(
    '上次推荐的那本我看完了，结尾太妙了',
    'I finished the one you told us about. What an ending!',
  )
  await bob.say(praise)
  await ann.reads(praise)
  await look(ann, 'anchor, on air')
  const thanks = studio.says('谢谢，今晚还有三本想讲', 'Thank you! Three more of them tonight')
  await ann.say(thanks)
  await bob.reads(thanks)
  await bob.tap('like.button')
  await look(bob, 'viewer, on air')
  await walkViewer(studio, look, bob)
  await walkAnchor(studio, look, ann, roomId)
  await bob.sees('end.title')
  await look(bob, 'viewer, the end')
}

async function walkViewer(studio: Studio, look: Look, bob: Actor): Promise<void> {
  const sheet = async (state: string, opened: Promise<void>): Promise<void> => {
    await opened
    await look(bob, `viewer, ${state}`)
    await bob.tap('common.close')
  }
  await bob.tap('chat.emoji')
  await look(bob, 'viewer, faces')
  await bob.tap('chat.emoji')
  await bob.tap('link.button')
  await sheet('asking to join', bob.button('link.ask').waitFor())
  await bob.tap('gift.open')
  await sheet('gifts', bob.button('gift.give').waitFor())
  await bob.tap('people.open')
  await sheet('people', bob.page.getByRole('tab').first().waitFor())
  await bob.tap('room.share')
  await sheet('sharing', bob.button('share.album').waitFor())
  await bob.page
    .getByRole('button', { name: studio.says('谢谢', 'Thank you') })
    .first()
    .click()
  await sheet('somebody', bob.button('person.reply').waitFor())
  await bob.page.mouse.move(60, 200)
  await bob.page.mouse.down()
  await bob.sees('stats.title')
  await bob.page.mouse.up()
  await sheet('figures', bob.sees('stats.fps'))
  await bob.ask((phone) => phone.faults.offline(true))
  await bob.page.locator('fault-bar').waitFor()
  await look(bob, 'viewer, without a network')
  await bob.ask((phone) => phone.faults.offline(false))
  await bob.page.locator('fault-bar').waitFor({ state: 'detached' })
}

async function walkAnchor(studio: Studio, look: Look, ann: Actor, roomId: string): Promise<void> {
  const { lang } = studio.look
  const sheet = async (state: string, opened: Promise<void>): Promise<void> => {
    await opened
    await look(ann, `anchor, ${state}`)
    await ann.tap('common.close')
  }
  await ann.tap('device.beautyLabel')
  await sheet('beauty', ann.page.getByRole('tab').first().waitFor())
  await ann.tap('device.moreLabel')
  await ann.button('device.qualityLabel').waitFor()
  await look(ann, 'anchor, picture and sound')
  await ann.tap('device.qualityLabel')
  await sheet('quality', ann.sees('quality.title'))
  await ann.tap('pk.button')
  await sheet('PK', ann.sees('pk.emptyTitle'))
  await ann.tap('people.open')
  await sheet('people', ann.page.getByRole('tab').first().waitFor())
  await studio.call(`${lang}-cid`, 'enter', { roomId })
  await studio.call(`${lang}-cid`, 'link.request', { roomId })
  await ann.button('desk.look').waitFor()
  await look(ann, 'anchor, told that somebody asks')
  await ann.tap('common.close')
  await ann.tap('link.button.queue')
  await ann.button('desk.accept.label').waitFor()
  await look(ann, 'anchor, the desk')
  await ann.tap('desk.reject.label')
  await sheet('saying no', ann.page.getByRole('radio').first().waitFor())
  await ann.tap('device.cameraOff')
  await ann.sees('room.selfAudioOnly')
  await look(ann, 'anchor, the camera off')
  await ann.tap('room.end')
  await ann.sees('confirm.endTitle')
  await look(ann, 'anchor, asked whether to end')
  await ann.tap('confirm.end')
  await ann.sees('end.selfTitle')
  await look(ann, 'anchor, the end')
}
