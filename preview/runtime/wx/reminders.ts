import { ask } from '../chrome/permission-dialog'
import { journal } from '../journal'
import { api, text } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'
import { allow } from './permission'

const TEMPLATES_MAX = 3

/** What reminds the user of something later: a message of the mini program, or the phone's calendar. */
export function reminders(core: PhoneCore) {
  const granted = core.params.get('permissions') === 'granted'
  return {
    /** Each template is answered by itself: `{ [template]: 'accept' | 'reject' }`. */
    requestSubscribeMessage: api('requestSubscribeMessage', async ({ tmplIds }) => {
      const ids = Array.isArray(tmplIds) ? tmplIds.map((id) => text(id)) : []
      if (ids.length === 0 || ids.length > TEMPLATES_MAX) {
        throw new WxError('TmplIds are invalid', { errCode: 10004 })
      }
      const yes = granted || (await ask('小程序 申请', '发送一次以下消息：开播提醒', '允许', '取消'))
      return Object.fromEntries(ids.map((id) => [id, yes ? 'accept' : 'reject']))
    }),
    /** `startTime` in seconds. */
    addPhoneCalendar: api('addPhoneCalendar', async ({ title, startTime }) => {
      await allow(core, 'scope.addPhoneCalendar')
      journal.note(`calendar ${new Date(Number(startTime) * 1000).toISOString()} ${text(title)}`)
    }),
  }
}
