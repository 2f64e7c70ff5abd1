import { phoneCall } from '../interruptions'
import { network } from '../network'
import { box } from '../screen'

const clock = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Time, signal and battery at the top of the screen. @returns how to colour it and how to end it */
export function createStatusBar(root: HTMLElement): { setStyle(style: 'black' | 'white'): void; end(): void } {
  const bar = box('status-bar', root)
  const time = box('status-time', bar)
  const icons = box('status-icons', bar)
  const signal = box('status-signal', icons)
  box('status-battery', icons)
  for (let i = 0; i < 4; i += 1) box('status-signal-bar', signal)
  const tick = () => {
    time.textContent = clock()
  }
  tick()
  const timer = setInterval(tick, 10_000)
  const stop = network.onChange(({ offline, slow }) => {
    signal.dataset.state = offline ? 'offline' : slow ? 'slow' : 'good'
  })
  const stopCall = phoneCall.onChange((on) => time.toggleAttribute('data-call', on))
  return {
    setStyle: (style) => {
      bar.dataset.style = style
    },
    end: () => {
      clearInterval(timer)
      stop()
      stopCall()
    },
  }
}
