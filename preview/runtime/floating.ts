import { box, screenOf } from './screen'

/** How a page is left: another one is opened over it, or it is closed. */
export type Leaving = 'push' | 'pop'

/** A player that can go on in a small window when its page is left. */
export interface Floatable {
  readonly element: HTMLElement
  /** It plays, and wants to go on when its page is left this way. */
  wants(way: Leaving): boolean
  /** What shows the picture. */
  surface(): HTMLVideoElement | HTMLCanvasElement | null
  /** The window has opened, or is closed. */
  moved(floating: boolean): void
}

/** What a small window does to the pages when it is touched. */
export interface Hooks {
  /** The user wants to see the page again. */
  back(): void
  /** The user has closed the window. */
  close(): void
}

const players = new Set<Floatable>()
let open: { player: Floatable; hooks: Hooks; end(): void } | null = null

/** Copies the picture into the window as long as it is open: the tag itself stays where it is, out of sight. */
function draw(player: Floatable, hooks: Hooks): () => void {
  const pane = box('float-window', screenOf().overlay)
  pane.setAttribute('role', 'button')
  pane.setAttribute('aria-label', '返回直播')
  const canvas = document.createElement('canvas')
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = '×'
  close.setAttribute('aria-label', '关闭小窗')
  pane.append(canvas, close)
  close.addEventListener('click', (event) => {
    event.stopPropagation()
    hooks.close()
  })
  pane.addEventListener('click', hooks.back)
  let frame = 0
  const copy = () => {
    frame = requestAnimationFrame(copy)
    const surface = player.surface()
    if (!surface) return
    const video = surface instanceof HTMLVideoElement
    const [width, height] = video ? [surface.videoWidth, surface.videoHeight] : [surface.width, surface.height]
    if (!width || !height) return
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    canvas.getContext('2d')?.drawImage(surface, 0, 0)
  }
  copy()
  return () => {
    cancelAnimationFrame(frame)
    pane.remove()
  }
}

function shut(): void {
  if (!open) return
  const { player, end } = open
  open = null
  end()
  player.moved(false)
}

/** The one small window of a phone (WeChat's picture-in-picture of players). */
export const floating = {
  /** @returns a function that takes the player back */
  offer(player: Floatable): () => void {
    players.add(player)
    return () => {
      players.delete(player)
      if (open?.player === player) shut()
    }
  },
  /** Opens the window for a player of the page that is about to be left. False when there is none that wants it. */
  leave(page: HTMLElement, way: Leaving, hooks: Hooks): boolean {
    const player = [...players].find((each) => page.contains(each.element) && each.wants(way))
    if (!player) return false
    // There is one window: the page of an earlier one goes.
    open?.hooks.close()
    open = { player, hooks, end: draw(player, hooks) }
    player.moved(true)
    return true
  },
  /** The window shows a player of this page. */
  shows: (page: HTMLElement): boolean => open !== null && page.contains(open.player.element),
  /** The page is seen again, or is over. */
  shut,
}
