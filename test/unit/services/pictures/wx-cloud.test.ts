import {
  type ChooseMedia,
  createCloudPictures,
  UPLOAD_MS,
  type UploadFile,
} from '../../../../miniprogram/services/pictures/wx-cloud'
import { FakeClock } from '../../../support/fakes/clock'

type Choosing = Parameters<ChooseMedia>[0]
type Uploading = Parameters<UploadFile>[0]

function phone() {
  const clock = new FakeClock()
  const asked: Choosing[] = []
  const sent: Uploading[] = []
  const abort = jest.fn()
  const pictures = createCloudPictures({
    clock,
    chooseMedia: (options) => asked.push(options),
    uploadFile: (options) => {
      sent.push(options)
      return { abort }
    },
  })
  return { clock, asked, sent, abort, pictures }
}
const CAT = { path: 'wxfile://tmp_1.PNG', bytes: 7 }

test('one compressed picture of the album is asked for', async () => {
  const { asked, pictures } = phone()
  const choosing = pictures.choose()
  expect(asked).toMatchObject([{ count: 1, mediaType: ['image'], sourceType: ['album'], sizeType: ['compressed'] }])
  asked[0]?.success({ tempFiles: [{ tempFilePath: CAT.path, size: CAT.bytes }] })
  expect(await choosing).toEqual(CAT)
})

test('who thinks better of it has chosen nothing; a phone that may not is an error', async () => {
  const { asked, pictures } = phone()
  const [first, second] = [pictures.choose(), pictures.choose()]
  asked[0]?.fail({ errMsg: 'chooseMedia:fail cancel' })
  asked[1]?.fail({ errMsg: 'chooseMedia:fail auth deny' })
  expect(await first).toBeNull()
  await expect(second).rejects.toThrow('auth deny')
})

test.each([
  ['wxfile://tmp_1.PNG', 'covers/u1/a.png'],
  ['blob:http://127.0.0.1/1#file.jpeg', 'covers/u1/a.jpeg'],
  ['wxfile://tmp/no-extension', 'covers/u1/a.jpg'],
  ['wxfile://tmp/odd.e x', 'covers/u1/a.jpg'],
])('%s is uploaded as %s', async (path, cloudPath) => {
  const { sent, pictures, abort } = phone()
  const upload = pictures.upload({ path, bytes: 7 }, 'covers/u1/a')
  expect(sent).toMatchObject([{ cloudPath, filePath: path }])
  sent[0]?.success({ fileID: 'cloud://e.b/x' })
  expect(await upload.file).toBe('cloud://e.b/x')
  upload.stop()
  expect(abort).not.toHaveBeenCalled()
})

test('a refused upload rejects with the words of the platform, and leaves no timer', async () => {
  const { clock, sent, pictures, abort } = phone()
  const upload = pictures.upload(CAT, 'covers/u1/a')
  sent[0]?.fail({ errMsg: 'uploadFile:fail' })
  await expect(upload.file).rejects.toThrow('uploadFile:fail')
  await clock.pass(2 * UPLOAD_MS)
  expect(abort).not.toHaveBeenCalled()
})

test('an upload that is ended, or takes too long, is aborted once, and a late answer changes nothing', async () => {
  const { clock, sent, pictures, abort } = phone()
  const ended = pictures.upload(CAT, 'covers/u1/a')
  ended.stop()
  ended.stop()
  await expect(ended.file).rejects.toThrow('ended')
  expect(abort).toHaveBeenCalledTimes(1)
  const slow = pictures.upload(CAT, 'covers/u1/b')
  const failed = expect(slow.file).rejects.toThrow(`${UPLOAD_MS} ms`)
  await clock.pass(UPLOAD_MS)
  await failed
  sent[1]?.success({ fileID: 'cloud://e.b/x' })
  expect(abort).toHaveBeenCalledTimes(2)
})
