import { journal } from '../journal'
import { defineBuiltin } from './define'
import { openTypes } from './open-types'
import { registry } from './registry'

/** A button; `form-type` reaches the form around it, `open-type` a service of the phone. */
export const button = defineBuiltin({
  tag: 'button',
  wxml: '<dom-span class="wx-button-spinner"></dom-span><slot />',
  props: {
    size: 'default',
    type: 'default',
    plain: false,
    disabled: false,
    loading: false,
    formType: '',
    openType: '',
    lang: 'en',
    sessionFrom: '',
    showMessageCard: false,
  },
  attach(host) {
    const { element } = host
    host.listen(element, 'click', () => {
      const { disabled, formType, openType } = host.props
      if (disabled) return
      if (formType === 'submit' || formType === 'reset') {
        const form = element.closest('wx-form')
        const method = form && registry.at(form)?.instance.methods?.[formType]
        if (method) method({})
        else journal.problem(`<button form-type="${formType}"> is in no form`)
      }
      if (!openType) return
      const open = openTypes.get(openType)
      if (open) open(host)
      else journal.problem(`<button open-type="${openType}"> is not in the preview`)
    })
    return {
      update({ size, type, disabled, plain, loading }) {
        element.dataset.size = size
        element.dataset.type = type
        element.toggleAttribute('disabled', disabled)
        element.toggleAttribute('data-plain', plain)
        element.toggleAttribute('data-loading', loading)
        if (!element.hasAttribute('role')) element.setAttribute('role', 'button')
        element.setAttribute('aria-disabled', String(disabled))
      },
    }
  },
})
