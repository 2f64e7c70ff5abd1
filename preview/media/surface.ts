import { keepTempFile } from '../runtime/wx/temp-file'

/** Looks of the two media tags. `:where` has no weight, so that any rule of the mini program wins over it. */
const CSS = `
:where(wx-live-pusher, wx-live-player) { display: block; position: relative; overflow: hidden; background: #000; }
:where(wx-live-pusher) { width: 100%; }
:where(wx-live-player) { width: 300px; height: 225px; }
.wx-media { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; background: #000; }
.wx-media[hidden] { display: none; }
.wx-media-note { position: absolute; inset: 36% 12px auto; padding: 8px 12px; border-radius: 8px; background: #000c; color: #fff;
  font: 13px/1.5 system-ui, sans-serif; text-align: center; }
.wx-media-note:empty { display: none; }
.wx-recording { position: fixed; z-index: 9999; top: calc(var(--status-bar, 44px) / 2 - 4px); left: calc(50% + 56px); width: 8px; height: 8px; border-radius: 50%; background: #07c160;
  box-shadow: 0 0 0 2px #0003; pointer-events: none; }
.wx-recording[data-camera] { background: #fa5151; }
.wx-recording[hidden] { display: none; }
`

let installed = false

/** Adds the style sheet of the media tags to the page, once. */
export function installSurfaceStyles(): void {
  if (installed) return
  installed = true
  const style = document.createElement('style')
  style.textContent = CSS
  document.head.prepend(style)
}

/** The picture on the surface as a file, dressed as the surface is. Throws when there is no picture yet. */
export async function snapshotOf(
  source: HTMLVideoElement | HTMLCanvasElement,
  quality: unknown,
): Promise<{ tempImagePath: string; width: number; height: number }> {
  const width = source instanceof HTMLVideoElement ? source.videoWidth : source.width
  const height = source instanceof HTMLVideoElement ? source.videoHeight : source.height
  if (!width || !height) throw new Error('fail: no picture yet')
  const canvas = new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d')
  if (pen) {
    pen.filter = source.style.filter || 'none'
    if (source.style.transform.includes('scaleX(-1)')) pen.setTransform(-1, 0, 0, 1, width, 0)
    pen.drawImage(source, 0, 0)
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: quality === 'raw' ? 0.95 : 0.8 })
  return { tempImagePath: keepTempFile(blob, 'snapshot.jpg'), width, height }
}
