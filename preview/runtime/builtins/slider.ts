import { defineBuiltin } from './define'

/** A slider; `changing` while it is dragged, `change` at the end. */
export const slider = defineBuiltin({
  tag: 'slider',
  wxml: '<dom-input type="range" /><dom-span class="wx-slider-value"></dom-span>',
  props: {
    value: 0,
    min: 0,
    max: 100,
    step: 1,
    disabled: false,
    showValue: false,
    name: '',
    color: '',
    selectedColor: '',
    backgroundColor: '#e9e9e9',
    activeColor: '#07c160',
    blockSize: 28,
    blockColor: '#ffffff',
  },
  attach(host) {
    const control = host.find<HTMLInputElement>('input')
    const label = host.find('.wx-slider-value')
    const paint = () => {
      const { min, max } = host.props
      const part = max > min ? ((Number(control.value) - min) / (max - min)) * 100 : 0
      host.element.style.setProperty('--filled', `${part}%`)
      label.textContent = host.props.showValue ? control.value : ''
    }
    const tell = (name: 'changing' | 'change') => (event: Event) => {
      event.stopPropagation()
      host.set({ value: Number(control.value) })
      paint()
      host.emit(name, { value: Number(control.value) })
    }
    host.listen(control, 'input', tell('changing'))
    host.listen(control, 'change', tell('change'))
    return {
      update(props) {
        control.min = String(props.min)
        control.max = String(props.max)
        control.step = String(props.step)
        control.disabled = props.disabled
        control.value = String(props.value)
        control.setAttribute('aria-label', host.element.getAttribute('aria-label') ?? '')
        const style = host.element.style
        style.setProperty('--accent', props.selectedColor || props.activeColor)
        style.setProperty('--track', props.color || props.backgroundColor)
        style.setProperty('--block', `${Math.min(28, Math.max(12, props.blockSize))}px`)
        style.setProperty('--block-color', props.blockColor)
        paint()
      },
      methods: { value: () => host.props.value, reset: () => host.set({ value: host.props.min }) },
    }
  },
})
