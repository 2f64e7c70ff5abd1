import { defineBuiltin } from './define'

/** Glyph and colour by type. */
const ICONS: Record<string, readonly [glyph: string, color: string]> = {
  success: ['✓', '#07c160'],
  success_no_circle: ['✓', '#07c160'],
  info: ['i', '#10aeff'],
  warn: ['!', '#fa5151'],
  waiting: ['⋯', '#10aeff'],
  cancel: ['×', '#fa5151'],
  download: ['↓', '#07c160'],
  search: ['⌕', '#b2b2b2'],
  clear: ['×', '#b2b2b2'],
}

/** One of WeChat's stock icons. */
export const icon = defineBuiltin({
  tag: 'icon',
  wxml: '<dom-span class="wx-icon-glyph"></dom-span>',
  props: { type: 'success', size: 23 as unknown, color: '' },
  attach(host) {
    const glyph = host.find('.wx-icon-glyph')
    return {
      update({ type, size, color }) {
        const [text, usual] = ICONS[type] ?? ['', 'transparent']
        glyph.textContent = text
        host.element.dataset.type = type
        host.element.style.setProperty('--size', `${Number.parseFloat(String(size)) || 23}px`)
        host.element.style.setProperty('--accent', color || usual)
      },
    }
  },
})
