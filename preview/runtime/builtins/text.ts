import { defineBuiltin } from './define'

export const text = defineBuiltin({
  tag: 'text',
  wxml: '<slot />',
  props: { selectable: false, userSelect: false, space: '', decode: false, overflow: '', maxLines: 0 },
  attach: ({ element }) => ({
    update(props) {
      element.toggleAttribute('data-selectable', props.selectable || props.userSelect)
    },
  }),
})
