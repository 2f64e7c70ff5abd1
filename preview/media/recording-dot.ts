import { phoneMedia } from './status'

let dot: HTMLElement | null = null

/** The small mark a phone shows while an app uses the camera (red) or the microphone (green). */
export function installRecordingDot(): void {
  if (dot) return
  dot = document.body.appendChild(document.createElement('div'))
  dot.className = 'wx-recording'
  dot.setAttribute('role', 'status')
  show(dot)
  phoneMedia.onChange(() => dot && show(dot))
}

function show(element: HTMLElement): void {
  const { cameraOn, micOn } = phoneMedia
  element.hidden = !cameraOn && !micOn
  element.toggleAttribute('data-camera', cameraOn)
  element.setAttribute('aria-label', cameraOn ? 'Camera in use' : micOn ? 'Microphone in use' : '')
}
