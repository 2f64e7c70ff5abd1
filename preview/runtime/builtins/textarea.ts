import { defineBuiltin } from './define'
import { attachField, FIELD_CLASSES, FIELD_PROPS, PLACEHOLDER } from './field'

/** A text field of several lines. */
export const textarea = defineBuiltin({
  tag: 'textarea',
  wxml: `<dom-textarea></dom-textarea>${PLACEHOLDER}`,
  externalClasses: FIELD_CLASSES,
  props: {
    ...FIELD_PROPS,
    confirmType: 'return',
    autoHeight: false,
    fixed: false,
    showConfirmBar: true,
    disableDefaultPadding: false,
  },
  attach(host) {
    const control = host.find<HTMLTextAreaElement>('textarea')
    const field = attachField(host, control, (event) => event.key === 'Enter' && host.props.confirmType !== 'return')
    let lines = 0
    const grow = () => {
      if (!host.props.autoHeight) return
      control.style.height = 'auto'
      control.style.height = `${control.scrollHeight}px`
      const now = Math.round(control.scrollHeight / Number.parseFloat(getComputedStyle(control).lineHeight || '20'))
      if (now !== lines) host.emit('linechange', { height: control.scrollHeight, lineCount: now })
      lines = now
    }
    host.listen(control, 'input', grow)
    return {
      ...field,
      update(props, changed) {
        host.element.toggleAttribute('data-auto-height', props.autoHeight)
        field.update(props, changed as ReadonlySet<keyof typeof FIELD_PROPS>)
        grow()
      },
    }
  },
})
