import { defineBuiltin } from './define'

/** An on/off switch. */
export const switchControl = defineBuiltin({
  tag: 'switch',
  wxml: '<dom-span class="wx-switch-knob"></dom-span>',
  props: { checked: false, disabled: false, type: 'switch', color: '#07c160', name: '' },
  attach(host) {
    const { element } = host
    const toggle = () => {
      if (host.props.disabled) return
      host.set({ checked: !host.props.checked })
      host.emit('change', { value: host.props.checked })
    }
    host.listen(element, 'click', toggle)
    return {
      update({ checked, color, disabled }) {
        element.setAttribute('role', 'switch')
        element.setAttribute('aria-checked', String(checked))
        element.toggleAttribute('data-on', checked)
        element.toggleAttribute('disabled', disabled)
        element.style.setProperty('--accent', color)
      },
      methods: { value: () => host.props.checked, activate: toggle, reset: () => host.set({ checked: false }) },
    }
  },
})
