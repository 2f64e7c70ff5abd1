import { defineBuiltin } from './define'
import { registry } from './registry'

/** A component with `wx://form-field`, as far as a form sees it. */
interface Field {
  __wxElement?: { data?: { name?: unknown; value?: unknown }; hasBehavior?: unknown }
}

/** Values of all named fields inside an element, those of custom components with `wx://form-field` included. */
function collect(root: HTMLElement): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const builtin = registry.at(element)
    if (builtin) {
      const name = builtin.host.props.name
      if (typeof name === 'string' && name && builtin.instance.methods?.value) {
        values[name] = builtin.instance.methods.value({})
      }
      continue
    }
    const data = (element as Field).__wxElement?.data
    if (data && typeof data.name === 'string' && data.name && 'value' in data) values[data.name] = data.value
  }
  return values
}

/** Sends `submit` with the values of its fields when a `form-type="submit"` button inside is tapped. */
export const form = defineBuiltin({
  tag: 'form',
  wxml: '<slot />',
  props: { reportSubmit: false, reportSubmitTimeout: 0 },
  attach: (host) => ({
    methods: {
      submit: () => host.emit('submit', { value: collect(host.element) }),
      reset: () => {
        for (const { instance } of registry.inside(host.element)) instance.methods?.reset?.({})
        host.emit('reset', {})
      },
    },
  }),
})
