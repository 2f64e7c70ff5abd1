import type { AlbumAnswer } from './port'

/** The platform asks for the permission by itself the first time; a refusal is told from a failure by the settings. */
export function saveToAlbum(filePath: string): Promise<AlbumAnswer> {
  return new Promise((resolve) => {
    wx.saveImageToPhotosAlbum({
      filePath,
      success: () => resolve('saved'),
      fail: () =>
        wx.getSetting({
          success: ({ authSetting }) => resolve(authSetting['scope.writePhotosAlbum'] === false ? 'denied' : 'failed'),
          fail: () => resolve('failed'),
        }),
    })
  })
}
