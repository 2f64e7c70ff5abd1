import { defineBuiltin } from './define'

/** Lifts its children above everything else on the page. */
export const rootPortal = defineBuiltin({
  tag: 'root-portal',
  wxml: '<dom-div class="wx-root-portal"><slot /></dom-div>',
  props: { enable: true },
  attach(host) {
    const box = host.find('.wx-root-portal')
    return {
      update({ enable }) {
        const page = host.element.closest('.page-frame')
        if (enable && page) page.append(box)
        else host.element.append(box)
      },
      detach: () => box.remove(),
    }
  },
})
