import type { BuiltinProps } from './define'

/** Properties that every builtin takes. */
export const COMMON_PROPS = {
  hidden: false,
  hoverClass: '',
  hoverStopPropagation: false,
  hoverStartTime: 50,
  hoverStayTime: 400,
  ariaRole: '',
  ariaLabel: '',
  ariaHidden: null as unknown,
  ariaDisabled: null as unknown,
  ariaChecked: null as unknown,
  ariaSelected: null as unknown,
  ariaLive: '',
  ariaModal: null as unknown,
  ariaExpanded: null as unknown,
  ariaValuenow: null as unknown,
  ariaValuemin: null as unknown,
  ariaValuemax: null as unknown,
  ariaValuetext: '',
  ariaLabelledby: '',
  ariaDescribedby: '',
  ariaHaspopup: null as unknown,
  ariaControls: '',
} satisfies BuiltinProps

const ARIA = Object.keys(COMMON_PROPS).filter((name) => name.startsWith('aria'))

function setAttribute(element: HTMLElement, name: string, value: unknown): void {
  if (value === '' || value === null || value === undefined) element.removeAttribute(name)
  else element.setAttribute(name, String(value))
}

/** Shows `hidden` and the accessibility properties on the host node. */
export function applyCommon(element: HTMLElement, props: Readonly<Record<string, unknown>>): void {
  element.toggleAttribute('data-hidden', props.hidden === true)
  for (const name of ARIA) {
    const attribute = name === 'ariaRole' ? 'role' : `aria-${name.slice('aria'.length).toLowerCase()}`
    setAttribute(element, attribute, props[name])
  }
}
