import { journal } from '../journal'
import { box } from '../screen'

const SHOWN = 20

/** A red banner with the defects seen so far; nobody should be able to overlook one. @returns a function that ends it */
export function createBanner(root: HTMLElement): () => void {
  const banner = box('problem-banner', root)
  banner.hidden = true
  banner.setAttribute('role', 'alert')
  const head = document.createElement('button')
  head.type = 'button'
  head.className = 'problem-head'
  head.addEventListener('click', () => banner.toggleAttribute('data-open'))
  const list = document.createElement('ol')
  banner.append(head, list)
  const add = (text: string) => {
    banner.hidden = false
    head.textContent = `⚠ ${journal.problems.length} · ${text.split('\n')[0]}`
    const item = document.createElement('li')
    item.textContent = text
    list.prepend(item)
    while (list.children.length > SHOWN) list.lastElementChild?.remove()
  }
  for (const problem of journal.problems) add(problem)
  return journal.onProblem(add)
}
