import { journal } from '../journal'
import { defineBuiltin } from './define'

/** A drawing surface; only the `2d` type, reached by a selector query with `node: true`. */
export const canvas = defineBuiltin({
  tag: 'canvas',
  wxml: '<dom-canvas></dom-canvas>',
  props: { type: '', canvasId: '', disableScroll: false },
  attach: () => ({
    update({ type }) {
      if (type !== '2d') journal.problem(`<canvas type="${type}">: the preview draws type="2d" only`)
    },
  }),
})
