import { cloudFileUrl } from '../cloud-file-url'
import { journal } from '../journal'
import { type BuiltinHost, defineBuiltin } from './define'

const props = { src: '', mode: 'scaleToFill', lazyLoad: false, webp: false, showMenuByLongpress: false, fadeIn: false }

function attach(host: BuiltinHost<typeof props>) {
  const img = host.find<HTMLImageElement>('img')
  host.listen(img, 'load', () => host.emit('load', { width: img.naturalWidth, height: img.naturalHeight }))
  host.listen(img, 'error', () => host.emit('error', { errMsg: `GET ${img.src} fail` }))
  return {
    update({ src, mode, lazyLoad }: typeof props) {
      img.loading = lazyLoad ? 'lazy' : 'eager'
      host.element.dataset.mode = mode || 'scaleToFill'
      img.alt = ''
      const url = cloudFileUrl(src) ?? src
      if (!src) img.removeAttribute('src')
      else if (/^(\/|https?:|data:|blob:)/.test(url)) img.src = url
      else journal.problem(`<image src="${src}">: the preview resolves absolute paths and cloud:// ids only`)
    },
  }
}

/** An `<img>` inside a box of 320x240 unless styled otherwise; modes are done in CSS by `data-mode`. */
export const image = defineBuiltin({ tag: 'image', wxml: '<dom-img />', props, attach })

/** The same over native tags. */
export const coverImage = defineBuiltin({ tag: 'cover-image', wxml: '<dom-img />', props, attach })
