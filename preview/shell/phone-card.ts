import type { Phone } from '../runtime/phone'
import { h, icon, iconButton } from './dom'
import { PhonePanel } from './phone-panel'
import { t } from './texts'
import { introduce, nameOf } from './users'

/** Parameters of the page's address that are meant for the phones. */
function phoneQuery(user: string): string {
  const query = new URLSearchParams(location.search)
  query.delete('phones')
  query.set('user', user)
  return query.toString()
}

/** One phone on the page: its frame, the buttons below it, and the panel beside it. */
export class PhoneCard {
  readonly element: HTMLElement
  private readonly frame: HTMLIFrameElement
  private readonly panel: PhonePanel
  private readonly badge = h('span', { className: 'badge', hidden: true })
  private readonly speaker: HTMLButtonElement
  private soundOn = false
  private closed = false

  constructor(
    readonly user: string,
    private readonly on: { remove(): void; resized(): void },
  ) {
    const label = t('phoneOf', { name: nameOf(user) })
    this.frame = h('iframe', { title: label, allow: 'camera; microphone; autoplay; fullscreen; clipboard-write' })
    this.frame.onload = () => this.connect()
    this.panel = new PhonePanel(label)
    this.speaker = iconButton('mute', t('soundOn'), () => this.setSound(!this.soundOn))
    const panelButton = iconButton('panel', t('panel'), () => this.togglePanel(panelButton))
    panelButton.setAttribute('aria-expanded', 'false')
    const alone = h(
      'a',
      {
        className: 'icon',
        href: `?phones=1&user=${user}`,
        target: '_blank',
        title: t('alone'),
        aria: { label: t('alone') },
      },
      icon('open'),
    )
    this.element = h(
      'article',
      { className: 'card', aria: { label } },
      h(
        'div',
        { className: 'device-column' },
        h(
          'div',
          { className: 'device' },
          h('div', { className: 'glass' }, this.frame),
          h('i', { className: 'island' }),
        ),
        h(
          'div',
          { className: 'tools' },
          h('strong', {}, nameOf(user)),
          this.badge,
          this.speaker,
          panelButton,
          alone,
          iconButton('close', t('remove'), () => on.remove()),
        ),
      ),
      this.panel.element,
    )
    void introduce(user).then(() => {
      if (!this.closed) this.frame.src = `/phone.html?${phoneQuery(user)}`
    })
  }

  get panelOpen(): boolean {
    return !this.panel.element.hidden
  }

  reload(): void {
    this.frame.contentWindow?.location.reload()
  }

  close(): void {
    this.closed = true
    this.panel.close()
    this.element.remove()
  }

  private get phone(): Phone | undefined {
    return this.frame.contentWindow?.__phone
  }

  /** After every load of the frame: the phone in it is a new one. */
  private connect(): void {
    const { phone } = this
    if (!phone) return
    this.panel.connect(phone)
    const show = () => {
      this.badge.hidden = phone.problems.length === 0
      this.badge.textContent = t('problems', { n: phone.problems.length })
      this.badge.title = phone.problems.join('\n')
    }
    phone.onProblem(show)
    show()
    phone.media?.setSpeaker(this.soundOn)
  }

  /** Several phones on one page would echo, so each is silent until its speaker is switched on. */
  private setSound(on: boolean): void {
    this.soundOn = on
    this.phone?.media?.setSpeaker(on)
    const label = on ? t('soundOff') : t('soundOn')
    this.speaker.replaceChildren(icon(on ? 'sound' : 'mute'))
    this.speaker.title = label
    this.speaker.setAttribute('aria-label', label)
    this.speaker.setAttribute('aria-pressed', String(on))
  }

  private togglePanel(button: HTMLButtonElement): void {
    const { element } = this.panel
    element.hidden = !element.hidden
    button.setAttribute('aria-expanded', String(!element.hidden))
    this.on.resized()
  }
}
