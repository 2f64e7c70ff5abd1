import { h, icon } from './dom'
import { fitScale } from './fit'
import { onBuild } from './live-reload'
import { PhoneCard } from './phone-card'
import { pushHelp } from './push-help'
import { language, t } from './texts'
import { freeUser, usersOf } from './users'

/** Draws the page of phones into `body`. */
export function openShell(body: HTMLElement): void {
  document.documentElement.lang = language
  const cards: PhoneCard[] = []
  const phones = h('main', { className: 'phones' })
  const empty = h('p', { className: 'empty', hidden: true }, t('empty'))
  const add = h('button', { type: 'button', className: 'primary' }, icon('add'), t('addPhone'))

  const resize = () => {
    const panels = cards.filter((card) => card.panelOpen).length
    const scale = fitScale(document.documentElement.clientWidth, window.innerHeight, cards.length, panels)
    document.documentElement.style.setProperty('--scale', String(scale))
  }
  const changed = () => {
    resize()
    const users = cards.map((card) => card.user)
    add.disabled = !freeUser(users)
    empty.hidden = cards.length > 0
    const query = new URLSearchParams(location.search)
    query.set('phones', String(users.length))
    query.set('user', users.join(','))
    history.replaceState(null, '', `?${query.toString().replaceAll('%2C', ',')}`)
  }
  const open = (user: string) => {
    const remove = () => {
      cards.splice(cards.indexOf(card), 1)
      card.close()
      changed()
    }
    const card = new PhoneCard(user, { remove, resized: resize })
    cards.push(card)
    phones.append(card.element)
  }
  add.onclick = () => {
    const user = freeUser(cards.map((card) => card.user))
    if (user) open(user)
    changed()
  }

  body.append(
    h(
      'header',
      {},
      h('span', { className: 'logo', aria: { hidden: 'true' } }),
      h('div', { className: 'title' }, h('h1', {}, 'WeChat Live Kit'), h('p', {}, t('tagline'))),
      pushHelp(),
      h('a', { className: 'desk', href: '/desk/?user=dana', target: '_blank', rel: 'noopener' }, t('desk')),
      add,
    ),
    phones,
    empty,
    h('footer', {}, t('hint'), ' ', h('code', {}, location.origin)),
  )
  for (const user of usersOf(location.search)) open(user)
  if (location.search) changed()
  resize()
  window.addEventListener('resize', resize)
  onBuild(() => {
    for (const card of cards) card.reload()
  })
}
