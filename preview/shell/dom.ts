type Child = Node | string | null
type Props<K extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[K], 'style' | 'dataset'>> & {
  aria?: Record<string, string>
}

/** Makes an element: properties by their DOM names, `aria` without its prefix. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props<K> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const { aria = {}, ...rest } = props
  const element = Object.assign(document.createElement(tag), rest)
  for (const [name, value] of Object.entries(aria)) element.setAttribute(`aria-${name}`, value)
  element.append(...children.filter((child) => child !== null))
  return element
}

const ICONS = {
  sound: 'M4 9v6h4l5 4V5L8 9H4zm12.500 3a4 4 0 0 0-2-3.460v6.920a4 4 0 0 0 2-3.460z',
  mute: 'M4 9v6h4l5 4V5L8 9H4zm17 .9L19.600 8.500 17.500 10.600 15.400 8.500 14 9.900l2.100 2.100L14 14.100l1.400 1.400 2.100-2.100 2.100 2.100 1.400-1.400-2.100-2.100L21 9.900z',
  panel:
    'M4 7h9v2H4V7zm0 8h5v2H4v-2zm13-9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zm-4 8a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM19 15h1v2h-3v-2h2z',
  open: 'M14 4h6v6h-2V7.400l-7.300 7.300-1.400-1.400L16.600 6H14V4zM5 6h6v2H7v9h9v-4h2v6H5V6z',
  close:
    'M6.400 5 12 10.600 17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400L12 13.400 6.400 19 5 17.600 10.600 12 5 6.400z',
  add: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6V5z',
}
export type IconName = keyof typeof ICONS

/** An icon of 20 pixels in the colour of the text; hidden from screen readers, which read the button's label. */
export function icon(name: IconName): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = svg.appendChild(document.createElementNS(space, 'path'))
  path.setAttribute('d', ICONS[name])
  return svg
}

/** A square button with an icon; `label` is its name for screen readers and its tooltip. */
export function iconButton(name: IconName, label: string, act: () => void): HTMLButtonElement {
  return h('button', { type: 'button', className: 'icon', title: label, onclick: act, aria: { label } }, icon(name))
}
