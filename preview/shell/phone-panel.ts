import type {} from '../runtime/builtins/phone-media'
import type { FaultState, Phone } from '../runtime/phone'
import { h } from './dom'
import { t } from './texts'

const LINES = 200
const REFRESH_MS = 1000

type Switch = keyof FaultState
const SWITCHES: readonly Switch[] = ['offline', 'slow', 'background', 'call', 'camera']

/** Fault switches, log and figures of one phone. A phone that starts anew is connected again. */
export class PhonePanel {
  readonly element: HTMLElement
  private readonly boxes = new Map<Switch, HTMLInputElement>()
  private readonly lines = h('ol', { className: 'log', tabIndex: 0 })
  private readonly figures = h('dl', { className: 'figures' })
  private readonly kill = h('button', { type: 'button', className: 'danger' })
  private phone: Phone | null = null
  private ends: (() => void)[] = []
  private readonly ticker = setInterval(() => this.refresh(), REFRESH_MS)

  constructor(label: string) {
    this.lines.setAttribute('role', 'log')
    this.lines.setAttribute('aria-label', t('log'))
    this.kill.onclick = () => this.killOrReopen()
    const clear = h('button', { type: 'button', className: 'quiet', textContent: t('clear') })
    clear.onclick = () => this.lines.replaceChildren()
    this.element = h(
      'section',
      { className: 'panel', hidden: true, aria: { label: `${label}: ${t('panel')}` } },
      h('h3', {}, t('faults')),
      ...SWITCHES.map((fault) => this.faultSwitch(fault, t(fault))),
      this.kill,
      h('h3', {}, t('figures')),
      this.figures,
      h('h3', {}, t('log'), clear),
      this.lines,
    )
    this.refresh()
  }

  /** Follows this phone from now on, its log so far included. */
  connect(phone: Phone): void {
    this.disconnect()
    this.phone = phone
    for (const entry of phone.log.slice(-LINES)) this.add(entry.at, entry.text)
    this.ends = [
      phone.onLog(({ at, text }) => this.add(at, text)),
      phone.faults.onChange((state) => this.showFaults(state)),
    ]
    this.showFaults(phone.faults.state)
    this.refresh()
  }

  disconnect(): void {
    for (const end of this.ends) end()
    this.ends = []
    this.phone = null
  }

  close(): void {
    this.disconnect()
    clearInterval(this.ticker)
  }

  private faultSwitch(fault: Switch, label: string): HTMLElement {
    const box = h('input', { type: 'checkbox', role: 'switch' })
    box.onchange = () => this.phone?.faults[fault](fault === 'camera' ? !box.checked : box.checked)
    this.boxes.set(fault, box)
    return h('label', { className: 'fault' }, h('span', {}, label), box)
  }

  private showFaults(state: FaultState): void {
    for (const [fault, box] of this.boxes) box.checked = fault === 'camera' ? !state.camera : state[fault]
  }

  private killOrReopen(): void {
    if (!this.phone) return
    if (this.phone.running) this.phone.faults.kill()
    else this.phone.relaunch()
    this.refresh()
  }

  private add(at: number, text: string): void {
    const low = this.lines.scrollHeight - this.lines.scrollTop - this.lines.clientHeight < 24
    const time = new Date(at).toTimeString().slice(0, 8)
    this.lines.append(h('li', { className: text.startsWith('⚠') ? 'bad' : '' }, h('time', {}, time), text))
    if (this.lines.childElementCount > LINES) this.lines.firstElementChild?.remove()
    if (low) this.lines.scrollTop = this.lines.scrollHeight
  }

  private refresh(): void {
    const { phone } = this
    this.kill.textContent = phone?.running === false ? t('reopen') : t('kill')
    if (this.element.hidden || !phone) return
    const { setDataCalls, setDataBytes, cloudCalls } = phone.stats
    const rows: [string, string][] = [
      [t('setData'), `${setDataCalls} · ${(setDataBytes / 1024).toFixed(1)} kB`],
      [t('calls'), String(cloudCalls.length)],
      [t('media'), mediaText(phone)],
    ]
    this.figures.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]))
  }
}

function mediaText({ media }: Phone): string {
  if (!media) return t('idle')
  const parts = [
    media.cameraOn ? t('cameraOn') : '',
    media.micOn ? t('micOn') : '',
    media.pushing ? t('pushing') : '',
    media.playing ? t('playing', { n: media.playing }) : '',
  ]
  return parts.filter(Boolean).join(' · ') || t('idle')
}
