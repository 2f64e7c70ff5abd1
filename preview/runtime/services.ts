import { navigation } from './builtins/navigator'
import { openTypes } from './builtins/open-types'
import { showActionSheet } from './chrome/action-sheet'
import { showShareSheet } from './chrome/share-sheet'
import { journal } from './journal'
import type { AppConfig } from './manifest'
import type { PageStack } from './pages/stack'
import type { PhoneCore } from './wx/core'
import { rememberPrivacy } from './wx/permission'

type Call = (options?: Record<string, unknown>) => Promise<Record<string, unknown>>

/** Asks the visible page for its share card and shows it. */
export async function shareFrom(
  stack: PageStack,
  app: AppConfig,
  from: 'menu' | 'button',
  target?: unknown,
): Promise<void> {
  const page = stack.top
  if (!page) return
  const offered = (page.call('onShareAppMessage', { from, target }) ?? {}) as {
    title?: string
    path?: string
    imageUrl?: string
    promise?: Promise<{ title?: string; path?: string; imageUrl?: string }>
  }
  const card = { ...offered, ...(await offered.promise) }
  const title = card.title ?? app.window?.navigationBarTitleText ?? ''
  const path = card.path ?? page.spec.url
  if (await showShareSheet({ title, path, imageUrl: card.imageUrl ?? '' })) journal.note(`shared ${path}`)
}

/** Asks the visible page for its card on the timeline; a page without `onShareTimeline` has none. */
async function shareToTimeline(stack: PageStack, app: AppConfig): Promise<void> {
  const page = stack.top
  if (!page) return
  const { title, query = page.spec.url.split('?')[1] ?? '' } = (page.call('onShareTimeline') ?? {}) as {
    title?: string
    query?: string
  }
  const path = `/${page.route}${query && `?${query}`}`
  const card = { title: title ?? app.window?.navigationBarTitleText ?? '', path, imageUrl: '' }
  if (await showShareSheet(card)) journal.note(`shared to the timeline ${path}`)
}

/** The menu behind the dots of the capsule. */
export async function openMenu(core: PhoneCore, wx: Record<string, unknown>, restart: () => void): Promise<void> {
  const actions = [
    ['转发给朋友', () => core.share('menu')],
    ...(core.stack.top?.caller.onShareTimeline
      ? [['分享到朋友圈', () => shareToTimeline(core.stack, core.app)] as const]
      : []),
    ['设置', () => (wx.openSetting as Call)()],
    ['重新进入小程序', restart],
  ] as const satisfies readonly (readonly [string, () => unknown])[]
  const chosen = await showActionSheet(
    actions.map(([label]) => label),
    '',
    '',
  )
  if (chosen !== null) await actions[chosen]?.[1]()
}

/** Connects the builtins that offer a service of the phone with it. */
export function fillServices(core: PhoneCore, wx: Record<string, unknown>): void {
  openTypes.set('share', ({ element }) => void core.share('button', { dataset: { ...element.dataset } }))
  openTypes.set('openSetting', async ({ emit }) => emit('opensetting', await (wx.openSetting as Call)()))
  openTypes.set('agreePrivacyAuthorization', ({ emit }) => {
    rememberPrivacy(core.user)
    emit('agreeprivacyauthorization', {})
  })
  navigation.set('navigate', ({ url }) => core.stack.to(url))
  navigation.set('redirect', ({ url }) => core.stack.redirect(url))
  navigation.set('reLaunch', ({ url }) => core.stack.reLaunch(url))
  navigation.set('navigateBack', ({ delta }) => core.stack.back(delta))
}
