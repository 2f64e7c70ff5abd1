const SLIDE = { duration: 220, easing: 'cubic-bezier(.2,.8,.2,1)' }

/** Moves a page in from the right or out to it. Done at once where there is no animation (tests in jsdom, reduced motion). */
export async function slide(page: HTMLElement, direction: 'in' | 'out'): Promise<void> {
  if (typeof page.animate !== 'function' || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const frames = [{ transform: 'translateX(100%)' }, { transform: 'none' }]
  const animation = page.animate(direction === 'in' ? frames : frames.reverse(), SLIDE)
  // A page removed in mid-air cancels its animation.
  await animation.finished.catch(() => undefined)
}
