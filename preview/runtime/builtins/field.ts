import { convertUnits } from '../units'
import type { BuiltinHost, BuiltinInstance } from './define'

/** Properties that input and textarea have in common. */
export const FIELD_PROPS = {
  value: '' as unknown,
  name: '',
  placeholder: '',
  placeholderStyle: '',
  disabled: false,
  maxlength: 140,
  focus: false,
  autoFocus: false,
  cursor: null as unknown,
  cursorSpacing: 0 as unknown,
  cursorColor: '',
  selectionStart: -1,
  selectionEnd: -1,
  adjustPosition: true,
  holdKeyboard: false,
  confirmType: 'done',
  confirmHold: false,
  alwaysEmbed: false,
}

/** Stands after the control and shows its placeholder: a native one cannot wear the classes of a page. */
export const PLACEHOLDER = '<dom-div class="wx-placeholder placeholder-class"></dom-div>'
export const FIELD_CLASSES = ['placeholder-class']

type Props = typeof FIELD_PROPS
type Control = HTMLInputElement | HTMLTextAreaElement

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))

/** Behaviour of a text field around its HTML control. `confirms` says whether the key pressed is "confirm". */
export function attachField(
  host: BuiltinHost<Props>,
  control: Control,
  confirms: (event: KeyboardEvent) => boolean,
): Required<Pick<BuiltinInstance<Props>, 'update' | 'methods'>> {
  const placeholder = host.find('.wx-placeholder')
  const limit = () => (host.props.maxlength >= 0 ? host.props.maxlength : Number.MAX_SAFE_INTEGER)

  // The raw DOM events would reach bindinput, bindfocus and the like a second time.
  for (const type of ['input', 'change', 'focus', 'blur', 'keydown', 'compositionend'] as const) {
    host.listen(control, type, (event) => event.stopPropagation())
  }
  host.listen(control, 'input', () => {
    if (control.value.length > limit()) control.value = control.value.slice(0, limit())
    host.set({ value: control.value })
    host.emit('input', { value: control.value, cursor: control.selectionStart ?? control.value.length, keyCode: 0 })
  })
  host.listen(control, 'focus', () => host.emit('focus', { value: control.value, height: 0 }))
  host.listen(control, 'blur', () => host.emit('blur', { value: control.value, cursor: control.selectionStart ?? 0 }))
  host.listen(control, 'keydown', (event) => {
    if (event.isComposing || !confirms(event)) return
    event.preventDefault()
    host.emit('confirm', { value: control.value })
    if (!host.props.confirmHold) control.blur()
  })

  return {
    update(props, changed) {
      if (changed.has('value') && control.value !== textOf(props.value)) control.value = textOf(props.value)
      control.placeholder = props.placeholder
      control.disabled = props.disabled
      placeholder.dataset.text = props.placeholder
      placeholder.style.cssText = convertUnits(props.placeholderStyle)
      control.setAttribute('aria-label', host.element.getAttribute('aria-label') ?? props.placeholder)
      if ((changed.has('focus') && props.focus) || (changed.has('autoFocus') && props.autoFocus)) {
        // The control takes the focus once the page that holds it is shown.
        requestAnimationFrame(() => control.focus())
      } else if (changed.has('focus') && !props.focus && document.activeElement === control) control.blur()
    },
    methods: {
      value: () => control.value,
      activate: () => control.focus(),
      reset: () => {
        host.set({ value: '' })
        control.value = ''
      },
    },
  }
}
