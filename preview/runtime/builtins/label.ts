import { defineBuiltin } from './define'
import { registry } from './registry'

/** A tap on a label reaches its control: the one named by `for`, else the first inside. */
export const label = defineBuiltin({
  tag: 'label',
  wxml: '<slot />',
  props: { for: '' },
  attach(host) {
    host.listen(host.element, 'click', (event) => {
      const scope = host.element.closest<HTMLElement>('.wx-page') ?? host.element
      const wanted = host.props.for
      const controls = registry.inside(wanted ? scope : host.element).filter((b) => b.instance.methods?.activate)
      const control = wanted ? controls.find((b) => b.host.id === wanted) : controls[0]
      if (!control || (event.target instanceof Node && control.host.element.contains(event.target))) return
      control.instance.methods?.activate?.({})
    })
    return {}
  },
})
