import { defineBuiltin } from './define'

/** A progress bar. */
export const progress = defineBuiltin({
  tag: 'progress',
  wxml: '<dom-div class="wx-progress-track"><dom-div class="wx-progress-bar"></dom-div></dom-div><dom-span class="wx-progress-info"></dom-span>',
  props: {
    percent: 0,
    showInfo: false,
    borderRadius: 0 as unknown,
    fontSize: 16 as unknown,
    strokeWidth: 6 as unknown,
    color: '',
    activeColor: '#07c160',
    backgroundColor: '#ebebeb',
    active: false,
    activeMode: 'backwards',
    duration: 30,
  },
  attach(host) {
    const bar = host.find('.wx-progress-bar')
    const track = host.find('.wx-progress-track')
    const info = host.find('.wx-progress-info')
    return {
      update(props) {
        const percent = Math.min(100, Math.max(0, props.percent))
        host.element.setAttribute('role', 'progressbar')
        host.element.setAttribute('aria-valuenow', String(percent))
        track.style.height = `${Number.parseFloat(String(props.strokeWidth)) || 6}px`
        track.style.borderRadius = `${Number.parseFloat(String(props.borderRadius)) || 0}px`
        track.style.background = props.backgroundColor
        bar.style.background = props.color || props.activeColor
        bar.style.transition = props.active ? `width ${percent * props.duration}ms linear` : ''
        bar.style.width = `${percent}%`
        info.textContent = props.showInfo ? `${percent}%` : ''
      },
    }
  },
})
