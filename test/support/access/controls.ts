import { ancestors, isHidden, isSeen, modalOf, nameOfPlace, screenOf } from './seen'

const ROLES = ['button', 'link', 'radio', 'checkbox', 'switch', 'slider', 'tab', 'option', 'menuitem', 'textbox']
const CONTROLS = [
  ...ROLES.map((role) => `[role="${role}"]`),
  'wx-button',
  'wx-input',
  'wx-textarea',
  'wx-slider',
].join()

/** All that is said of an element without a label: its words, without those that are for the eye alone. */
function wordsIn(element: Element): string {
  if (element.getAttribute('aria-hidden') === 'true') return ''
  return [...element.childNodes]
    .map((node) => (node instanceof Element ? wordsIn(node) : (node.textContent ?? '')))
    .join(' ')
}

/** What a screen reader calls an element. */
export const nameOf = (element: Element): string =>
  (element.getAttribute('aria-label') ?? wordsIn(element)).replace(/\s+/g, ' ').trim()

export const roleOf = (element: Element): string =>
  element.getAttribute('role') ??
  { 'wx-input': 'textbox', 'wx-textarea': 'textbox', 'wx-slider': 'slider' }[element.localName] ??
  ''

/** Every control that can be seen and is there for a screen reader, but not what the modal panel covers. */
export function controls(): Element[] {
  const screen = screenOf()
  const seen = [...(modalOf(screen) ?? screen).querySelectorAll(CONTROLS)]
  return seen.filter((element) => isSeen(element) && !isHidden(element))
}

/** Rows that a template repeats: neighbours of one class below one parent. */
function inOneList(a: Element, b: Element): boolean {
  const above = ancestors(a)
  const parent = ancestors(b).find((at) => above.includes(at))
  const child = (of: Element) => ancestors(of).find((at) => at.parentElement === parent)
  const kind = (of: Element) => child(of)?.className.toString().split(' ')[0] ?? ''
  return kind(a) !== '' && kind(a) === kind(b)
}

export function controlFaults(): string[] {
  const faults: string[] = []
  const named = new Map<string, Element>()
  for (const element of controls()) {
    const [role, name] = [roleOf(element), nameOf(element)]
    if (!role) faults.push(`role: none on ${nameOfPlace(element, name)}`)
    if (!name) faults.push(`name: none on ${nameOfPlace(element)}`)
    const twin = named.get(`${role} ${name}`)
    if (twin && !inOneList(twin, element)) {
      faults.push(`name: ${nameOfPlace(element, name)} is called as ${nameOfPlace(twin)} is`)
    }
    named.set(`${role} ${name}`, element)
  }
  return faults
}

/** A panel that is to be answered leaves nothing else to be found; without one nothing that can be used is kept away. */
export function modalFaults(): string[] {
  const screen = screenOf()
  const modal = modalOf(screen)
  const all = [...screen.querySelectorAll(CONTROLS)].filter(isSeen)
  const behind = all.filter((element) => modal && !modal.contains(element) && !isHidden(element))
  const lost = all.filter((element) => (!modal || modal.contains(element)) && isHidden(element))
  return [
    ...behind.map((element) => `modal: ${nameOfPlace(element, nameOf(element))} is read behind the panel`),
    ...lost.map((element) => `hidden: ${nameOfPlace(element, nameOf(element))} is kept from screen readers`),
    ...[...screen.querySelectorAll('[role="dialog"], [role="alertdialog"]')]
      .filter((panel) => isSeen(panel) && !isHidden(panel) && !nameOf(panel))
      .map((panel) => `name: none on the panel ${nameOfPlace(panel)}`),
  ]
}
