/** Where the local cloud shows a cloud file, or null when the text is no file id. WeChat resolves such ids by itself. */
export const cloudFileUrl = (fileId: string): string | null =>
  fileId.startsWith('cloud://') ? `/storage/open?id=${encodeURIComponent(fileId)}` : null
