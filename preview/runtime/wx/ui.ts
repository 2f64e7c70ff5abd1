import { showActionSheet } from '../chrome/action-sheet'
import { showModal } from '../chrome/modal'
import { type ToastOptions, toast } from '../chrome/toast'
import { api, text } from './api'
import { WxError } from './error'

/** Toasts, loading, modals and action sheets. */
export function ui() {
  return {
    showToast: api('showToast', (o) =>
      toast.show({
        title: text(o.title),
        icon: text(o.icon, 'success') as ToastOptions['icon'],
        mask: o.mask === true,
        duration: Number(o.duration ?? 1500),
      }),
    ),
    hideToast: api('hideToast', () => toast.hide()),
    showLoading: api('showLoading', (o) =>
      toast.show({ title: text(o.title), icon: 'loading', mask: o.mask === true, duration: null }),
    ),
    hideLoading: api('hideLoading', () => toast.hide()),
    showModal: api('showModal', (o) =>
      showModal({
        title: text(o.title),
        content: text(o.content),
        showCancel: o.showCancel !== false,
        cancelText: text(o.cancelText, '取消'),
        cancelColor: text(o.cancelColor),
        confirmText: text(o.confirmText, '确定'),
        confirmColor: text(o.confirmColor, '#576b95'),
        editable: o.editable === true,
        placeholderText: text(o.placeholderText),
      }),
    ),
    showActionSheet: api('showActionSheet', async (o) => {
      const items = Array.isArray(o.itemList) ? o.itemList.map((item) => text(item)) : []
      if (items.length === 0 || items.length > 6)
        throw new WxError('parameter error: itemList should have 1 to 6 items')
      const tapIndex = await showActionSheet(items, text(o.itemColor), text(o.alertText))
      if (tapIndex === null) throw new WxError('cancel')
      return { tapIndex }
    }),
  }
}
