import { api, text } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'

/** Navigation between pages, and what a page may do to its navigation bar. */
export function navigation({ stack, exit }: PhoneCore) {
  const top = () => {
    if (!stack.top) throw new WxError('no page')
    return stack.top
  }
  return {
    navigateTo: api('navigateTo', ({ url }) => stack.to(text(url))),
    redirectTo: api('redirectTo', ({ url }) => stack.redirect(text(url))),
    reLaunch: api('reLaunch', ({ url }) => stack.reLaunch(text(url))),
    navigateBack: api('navigateBack', ({ delta }) => stack.back(Number(delta ?? 1))),
    switchTab: api('switchTab', () => {
      throw new WxError('can not switch to no-tabBar page')
    }),
    exitMiniProgram: api('exitMiniProgram', exit),
    setNavigationBarTitle: api('setNavigationBarTitle', ({ title }) => top().nav.setTitle(text(title))),
    setNavigationBarColor: api('setNavigationBarColor', ({ frontColor, backgroundColor }) =>
      top().nav.setColor({ front: text(frontColor), background: text(backgroundColor) }),
    ),
    startPullDownRefresh: api('startPullDownRefresh', () => top().pull.start()),
    stopPullDownRefresh: api('stopPullDownRefresh', () => top().pull.stop()),
    pageScrollTo: api('pageScrollTo', ({ scrollTop }) => top().scrollTo(Number(scrollTop ?? 0))),
  }
}
