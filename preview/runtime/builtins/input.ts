import { defineBuiltin } from './define'
import { attachField, FIELD_CLASSES, FIELD_PROPS, PLACEHOLDER } from './field'

const INPUT_MODES: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' }

/** A text field of one line. */
export const input = defineBuiltin({
  tag: 'input',
  wxml: `<dom-input />${PLACEHOLDER}`,
  externalClasses: FIELD_CLASSES,
  props: { ...FIELD_PROPS, type: 'text', password: false },
  attach(host) {
    const control = host.find<HTMLInputElement>('input')
    const field = attachField(host, control, (event) => event.key === 'Enter')
    return {
      ...field,
      update(props, changed) {
        control.type = props.password || props.type === 'safe-password' ? 'password' : 'text'
        control.inputMode = INPUT_MODES[props.type] ?? 'text'
        control.enterKeyHint = props.confirmType
        field.update(props, changed as ReadonlySet<keyof typeof FIELD_PROPS>)
      },
    }
  },
})
