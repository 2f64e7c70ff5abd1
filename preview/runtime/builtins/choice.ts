import { defineBuiltin } from './define'
import { registry } from './registry'

const PROPS = { value: '', checked: false, disabled: false, color: '#07c160', name: '' }

type Choice = 'radio' | 'checkbox'

/** Shows the state of a choice on its host node. */
function paint(element: HTMLElement, role: Choice, props: Readonly<typeof PROPS>): void {
  element.setAttribute('role', role)
  element.setAttribute('aria-checked', String(props.checked))
  element.toggleAttribute('data-on', props.checked)
  element.toggleAttribute('disabled', props.disabled)
  element.style.setProperty('--accent', props.color)
}

const defineChoice = (tag: Choice) =>
  defineBuiltin({
    tag,
    wxml: '<dom-span class="wx-choice-mark"></dom-span><slot />',
    props: PROPS,
    attach(host) {
      const tap = () => {
        const { checked, disabled } = host.props
        if (disabled || (checked && tag === 'radio')) return
        host.set({ checked: !checked })
        const group = host.element.closest(`wx-${tag}-group`)
        if (group) registry.at(group)?.instance.methods?.changed?.({ element: host.element })
      }
      host.listen(host.element, 'click', tap)
      return {
        update: (props) => paint(host.element, tag, props),
        methods: { activate: tap, reset: () => host.set({ checked: false }) },
      }
    },
  })

const defineGroup = (tag: Choice) =>
  defineBuiltin({
    tag: `${tag}-group`,
    wxml: '<slot />',
    props: { name: '' },
    attach(host) {
      const members = () => registry.inside(host.element, tag)
      const value = () => {
        const on = members().filter((member) => member.host.props.checked === true)
        const values = on.map((member) => String(member.host.props.value))
        return tag === 'radio' ? (values[0] ?? '') : values
      }
      return {
        methods: {
          value,
          changed: ({ element }) => {
            for (const other of tag === 'radio' ? members() : []) {
              if (other.host.element !== element) other.host.set({ checked: false })
            }
            host.emit('change', { value: value() })
          },
          reset: () => {
            for (const { instance } of members()) instance.methods?.reset?.({})
          },
        },
      }
    },
  })

export const radio = defineChoice('radio')
/** One of several; `change` gives its value. */
export const radioGroup = defineGroup('radio')

export const checkbox = defineChoice('checkbox')
/** Several of several; `change` gives the values that are on. */
export const checkboxGroup = defineGroup('checkbox')
