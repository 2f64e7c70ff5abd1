import * as glassEasel from 'glass-easel'
import { convertUnits } from '../units'

/** Elements whose inline style may carry rpx: all that the engine makes. */
function makeElement(tag: string, isBuiltin: (tag: string) => boolean): HTMLElement {
  const name = tag.startsWith('dom-') ? tag.slice('dom-'.length) : isBuiltin(tag) ? `wx-${tag}` : tag
  const element = document.createElement(name)
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (key, value) => setAttribute(key, key === 'style' ? convertUnits(String(value)) : value)
  return element
}

/** The engine's DOM backend with the preview's names: `<view>` is `<wx-view>`, `<dom-x>` the raw element `<x>`. */
export class PhoneContext extends glassEasel.CurrentWindowBackendContext {
  constructor(isBuiltin: (tag: string) => boolean) {
    super()
    const factory = {
      createElement: (tag: string) => makeElement(tag, isBuiltin),
      createTextNode: (text: string) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    }
    // The engine's Element type has an associated value that it adds later.
    this.document = factory as unknown as glassEasel.CurrentWindowBackendContext['document']
  }

  override getWindowWidth(): number {
    return document.documentElement.clientWidth
  }
}
