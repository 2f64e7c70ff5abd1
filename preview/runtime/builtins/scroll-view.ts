import { defineBuiltin } from './define'
import { registry } from './registry'

const length = (value: unknown, fallback: number) => {
  const n = Number.parseFloat(String(value))
  return Number.isFinite(n) ? n : fallback
}

/** A scrolling box. `scroll-into-view` takes the id of a node inside it. */
export const scrollView = defineBuiltin({
  tag: 'scroll-view',
  wxml: '<dom-div class="wx-scroll"><dom-div class="wx-scroll-content"><slot /></dom-div></dom-div>',
  props: {
    scrollX: false,
    scrollY: false,
    scrollTop: null as unknown,
    scrollLeft: null as unknown,
    scrollIntoView: '',
    scrollWithAnimation: false,
    upperThreshold: 50 as unknown,
    lowerThreshold: 50 as unknown,
    enhanced: false,
    showScrollbar: true,
    bounces: true,
    enableFlex: false,
    enableBackToTop: false,
    scrollAnchoring: false,
    pagingEnabled: false,
    fastDeceleration: false,
    enablePassive: false as unknown,
    usingSticky: false,
    type: '',
  },
  attach(host) {
    const box = host.find('.wx-scroll')
    let last = { top: 0, left: 0 }
    let wasLow = false
    let wasHigh = true
    const behavior = (): ScrollBehavior => (host.props.scrollWithAnimation ? 'smooth' : 'auto')
    const toNode = (id: string) => {
      const target = [...box.querySelectorAll(`[exparser\\:info-attr-id="${CSS.escape(id)}"]`)][0]
      if (!target) return
      const from = box.getBoundingClientRect()
      const to = target.getBoundingClientRect()
      box.scrollTo({
        top: host.props.scrollY ? box.scrollTop + to.top - from.top : box.scrollTop,
        left: host.props.scrollX ? box.scrollLeft + to.left - from.left : box.scrollLeft,
        behavior: behavior(),
      })
    }
    host.listen(box, 'scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = box
      const delta = { deltaX: last.left - scrollLeft, deltaY: last.top - scrollTop }
      last = { top: scrollTop, left: scrollLeft }
      host.emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, ...delta })
      const before = host.props.scrollY ? scrollTop : scrollLeft
      const after = host.props.scrollY
        ? scrollHeight - clientHeight - scrollTop
        : scrollWidth - clientWidth - scrollLeft
      const low = after <= length(host.props.lowerThreshold, 50)
      const high = before <= length(host.props.upperThreshold, 50)
      if (low && !wasLow) host.emit('scrolltolower', { direction: host.props.scrollY ? 'bottom' : 'right' })
      if (high && !wasHigh) host.emit('scrolltoupper', { direction: host.props.scrollY ? 'top' : 'left' })
      wasLow = low
      wasHigh = high
    })
    return {
      update(props, changed) {
        box.style.overflowX = props.scrollX ? 'auto' : 'hidden'
        box.style.overflowY = props.scrollY ? 'auto' : 'hidden'
        box.toggleAttribute('data-flex', props.enableFlex)
        box.toggleAttribute('data-bar', props.showScrollbar && !props.enhanced)
        // Children of the same update are in place one frame later.
        requestAnimationFrame(() => {
          if (!registry.at(host.element)) return
          if (changed.has('scrollTop') && props.scrollTop !== null && props.scrollTop !== '') {
            box.scrollTo({ top: length(props.scrollTop, 0), behavior: behavior() })
          }
          if (changed.has('scrollLeft') && props.scrollLeft !== null && props.scrollLeft !== '') {
            box.scrollTo({ left: length(props.scrollLeft, 0), behavior: behavior() })
          }
          if (changed.has('scrollIntoView') && props.scrollIntoView) toNode(props.scrollIntoView)
        })
      },
      methods: {
        scrollTo: (options) =>
          box.scrollTo({ top: Number(options.top ?? box.scrollTop), left: Number(options.left ?? box.scrollLeft) }),
      },
    }
  },
})
