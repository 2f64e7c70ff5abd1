import { WxError } from './error'

/**
 * Files that a page holds for a while, as WeChat's temporary files: a path is an address of the browser for the bytes,
 * usable in `<image>`, and ends in the file's extension, because mini programs take it from there for their `cloudPath`.
 */
export function keepTempFile(bytes: Blob, name: string): string {
  const extension = /\.[A-Za-z0-9]+$/.exec(name)?.[0] ?? ''
  return `${URL.createObjectURL(bytes)}#file${extension}`
}

/** @throws WxError when there is no such file, or no longer */
export async function readTempFile(filePath: string): Promise<Blob> {
  try {
    if (filePath.startsWith('blob:')) return await (await fetch(filePath)).blob()
  } catch {
    // Said below.
  }
  throw new WxError(`file doesn't exist: ${filePath}`, { errCode: -1 })
}
