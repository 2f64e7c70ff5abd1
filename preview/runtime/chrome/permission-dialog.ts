import type { Scope } from '../permissions'
import { box } from '../screen'
import { layerButton, openLayer } from './dialog'

/** What the system says a scope is for. */
export const SCOPE_TEXT: Record<Scope, string> = {
  'scope.camera': '使用你的摄像头',
  'scope.record': '使用你的麦克风',
  'scope.userInfo': '获取你的昵称和头像',
  'scope.writePhotosAlbum': '保存图片或视频到你的相册',
  'scope.addPhoneCalendar': '添加日程到你的系统日历',
}

/** A question of the system, with two answers. */
export function ask(title: string, text: string, allow: string, refuse: string): Promise<boolean> {
  return new Promise((resolve) => {
    const layer = openLayer('sheet', title)
    layer.panel.classList.add('permission')
    box('permission-title', layer.panel).textContent = title
    box('permission-text', layer.panel).textContent = text
    const buttons = box('permission-buttons', layer.panel)
    const choose = (allowed: boolean) => {
      layer.close()
      resolve(allowed)
    }
    layerButton(buttons, 'permission-refuse', refuse, () => choose(false))
    layerButton(buttons, 'permission-allow', allow, () => choose(true))
  })
}

/** Asks the user for one scope. */
export const askScope = (scope: Scope) => ask('小程序 申请', SCOPE_TEXT[scope], '允许', '拒绝')

/** Asks the user to agree to the privacy guide. */
export const askPrivacy = () =>
  ask('用户隐私保护提示', '在使用前，请阅读并同意《小程序用户隐私保护指引》。', '同意', '拒绝')

/** The settings page: a switch per scope that has been asked for. Resolves when it is closed. */
export function showSettings(
  scopes: readonly Scope[],
  get: (s: Scope) => boolean,
  set: (s: Scope, on: boolean) => void,
) {
  return new Promise<void>((resolve) => {
    const layer = openLayer('sheet', '设置', () => done())
    const done = () => {
      layer.close()
      resolve()
    }
    layer.panel.classList.add('settings')
    box('permission-title', layer.panel).textContent = '允许小程序'
    for (const scope of scopes) {
      const row = document.createElement('label')
      row.className = 'settings-row'
      row.textContent = SCOPE_TEXT[scope]
      const toggle = document.createElement('input')
      toggle.type = 'checkbox'
      toggle.checked = get(scope)
      toggle.dataset.scope = scope
      toggle.addEventListener('change', () => set(scope, toggle.checked))
      row.append(toggle)
      layer.panel.append(row)
    }
    layerButton(layer.panel, 'sheet-cancel', '完成', done)
  })
}
