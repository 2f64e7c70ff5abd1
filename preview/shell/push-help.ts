import { h } from './dom'
import { callRoom } from './room-call'
import { t } from './texts'

/** The user whose rooms are pushed to from outside. */
const STUDIO = 'studio'

/** How to push from OBS or ffmpeg, with a button that makes a room and its signed address. */
export function pushHelp(): HTMLElement {
  const result = h('div', { className: 'push-result' })
  result.setAttribute('aria-live', 'polite')
  const create = h('button', { type: 'button', className: 'primary', textContent: t('pushCreate') })
  create.onclick = () => {
    create.disabled = true
    openRoom()
      .then(
        (url) => result.replaceChildren(...lines(url)),
        (error: Error) => result.replaceChildren(h('p', {}, t('pushFailed', { reason: error.message }))),
      )
      .finally(() => {
        create.disabled = false
      })
  }
  const menu = h(
    'details',
    { className: 'push-help' },
    h('summary', {}, t('push')),
    h('div', { className: 'popover' }, h('p', {}, t('pushHint')), create, result),
  )
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') menu.open = false
  })
  return menu
}

/** The push address of the studio's room; an earlier one that is still open is taken up again. */
async function openRoom(): Promise<string> {
  const { openRoom: open } = await callRoom(STUDIO, 'login', {})
  const { push } = open
    ? await callRoom(STUDIO, 'resume', { roomId: open.room.roomId })
    : await callRoom(STUDIO, 'create', { title: 'Studio', cover: 'ocean', requestId: crypto.randomUUID() })
  return push.url
}

function lines(url: string): HTMLElement[] {
  const cut = url.lastIndexOf('/')
  const source = '-re -f lavfi -i testsrc2=s=720x1280:r=25 -f lavfi -i sine'
  const codecs = '-c:v libx264 -preset veryfast -tune zerolatency -g 50 -pix_fmt yuv420p -c:a aac'
  return [
    line(t('pushServer'), url.slice(0, cut)),
    line(t('pushKey'), url.slice(cut + 1)),
    line(t('pushFfmpeg'), `ffmpeg ${source} ${codecs} -f flv "${url}"`),
  ]
}

function line(label: string, value: string): HTMLElement {
  const copy = h('button', { type: 'button', textContent: t('copy') })
  copy.onclick = () => {
    void navigator.clipboard.writeText(value).then(() => {
      copy.textContent = t('copied')
    })
  }
  return h('div', { className: 'push-line' }, h('span', {}, label), h('code', {}, value), copy)
}
