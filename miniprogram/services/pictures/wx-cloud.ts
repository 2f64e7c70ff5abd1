import type { Clock } from '../clock'
import type { LocalPicture, Pictures, Upload } from './port'

interface Failure {
  errMsg: string
}

/** The part of `wx.chooseMedia` that is used. */
export type ChooseMedia = (options: {
  count: number
  mediaType: 'image'[]
  sourceType: 'album'[]
  sizeType: 'compressed'[]
  success(chosen: { tempFiles: { tempFilePath: string; size: number }[] }): void
  fail(failure: Failure): void
}) => unknown

/** The part of `wx.cloud.uploadFile` that is used. With callbacks it gives a task. */
export type UploadFile = (options: {
  cloudPath: string
  filePath: string
  success(stored: { fileID: string }): void
  fail(failure: Failure): void
}) => { abort(): void }

export interface CloudPicturesOptions {
  clock: Pick<Clock, 'after'>
  chooseMedia: ChooseMedia
  uploadFile: UploadFile
}

/** A picture that takes longer than this (ms) is given up. */
export const UPLOAD_MS = 60_000
const CANCELLED = /\bcancel/i

/** Pictures by way of `wx`, in the storage of the cloud environment. */
export function createCloudPictures({ clock, chooseMedia, uploadFile }: CloudPicturesOptions): Pictures {
  return {
    choose: () =>
      new Promise((resolve, reject) => {
        chooseMedia({
          count: 1,
          mediaType: ['image'],
          // The camera belongs to the anchor's own picture behind this question.
          sourceType: ['album'],
          sizeType: ['compressed'],
          success: ({ tempFiles: [file] }) => resolve(file ? { path: file.tempFilePath, bytes: file.size } : null),
          fail: ({ errMsg }) => (CANCELLED.test(errMsg) ? resolve(null) : reject(new Error(errMsg))),
        })
      }),
    upload: (picture, to) => begin(clock, uploadFile, picture, to),
  }
}

function begin(clock: Pick<Clock, 'after'>, uploadFile: UploadFile, { path }: LocalPicture, to: string): Upload {
  let stop = () => {}
  const file = new Promise<string>((resolve, reject) => {
    let open = true
    let cancelWatch = () => {}
    const settle = (outcome: () => void) => {
      if (!open) return
      open = false
      cancelWatch()
      outcome()
    }
    const task = uploadFile({
      cloudPath: `${to}${extensionOf(path)}`,
      filePath: path,
      success: ({ fileID }) => settle(() => resolve(fileID)),
      fail: ({ errMsg }) => settle(() => reject(new Error(errMsg))),
    })
    const giveUp = (why: string) =>
      settle(() => {
        reject(new Error(why))
        task.abort()
      })
    stop = () => giveUp('the upload was ended')
    if (open) cancelWatch = clock.after(UPLOAD_MS, () => giveUp(`no answer within ${UPLOAD_MS} ms`))
  })
  return { file, stop: () => stop() }
}

/** What a browser and the storage tell the kind of a picture by. */
const extensionOf = (path: string): string => /\.[a-z\d]{1,8}$/i.exec(path)?.[0].toLowerCase() ?? '.jpg'
