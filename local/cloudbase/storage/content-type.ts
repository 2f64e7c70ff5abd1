import { extname } from 'node:path'

/** What a browser may show. Anything else, markup and scripts above all, is bytes to be saved. */
const SHOWN: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.aac': 'audio/aac',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
}

/** Headers that make a stored file harmless, whatever is in it. */
export function headersOf(path: string): Record<string, string> {
  const type = SHOWN[extname(path).toLowerCase()]
  return {
    'content-type': type ?? 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(type ? {} : { 'content-disposition': 'attachment' }),
  }
}
