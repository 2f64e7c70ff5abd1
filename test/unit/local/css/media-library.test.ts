import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as mediabunny from 'mediabunny'
import { type MediaFile, MediaLibrary, newFileId } from '../../../../local/css/recording/library'
import { salvage } from '../../../../local/css/recording/salvage'
import { parseRange } from '../../../../local/css/vod-server'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const begun = (startedAt = 1): MediaFile => ({
  ...{ fileId: newFileId(), stream: 's', taskId: 't', sessionId: '1', extension: '', startedAt, endedAt: null },
  ...{ seconds: 0, bytes: 0, width: 0, height: 0 },
})

/** Begins and completes a file. */
async function complete(library: MediaLibrary, file = begun()): Promise<MediaFile> {
  await library.begin(file)
  writeFileSync(library.partOf(file.fileId), 'mp4')
  file.endedAt = 2
  await library.complete(file)
  return file
}

it('finds a file once it is complete, and never by a name that is none', async () => {
  const library = new MediaLibrary(folder)
  const file = begun()
  await library.begin(file)
  expect(await library.find(file.fileId)).toBeNull()
  await complete(library, file)
  expect(await library.find(file.fileId)).toEqual(file)
  await library.reported(file.fileId)
  expect(await library.find(file.fileId)).toEqual(file)
  for (const name of ['', '..', '../tasks', `${file.fileId}\n`, 'tasks']) expect(await library.find(name)).toBeNull()
})

it('leaves to the next process what it did not complete or could not tell, oldest first', async () => {
  const library = new MediaLibrary(folder)
  const half = begun(3)
  await library.begin(half)
  const untold = await complete(library, begun(2))
  const told = await complete(library, begun(1))
  await library.reported(told.fileId)
  expect(await library.leftBehind()).toEqual([])
  expect(await new MediaLibrary(folder).leftBehind()).toEqual([untold, half])
})

it('completes a file again that was completed when the process died', async () => {
  const file = await complete(new MediaLibrary(folder))
  await expect(new MediaLibrary(folder).complete(file)).resolves.toBeUndefined()
  await expect(new MediaLibrary(folder).complete(begun())).rejects.toThrow('ENOENT')
})

it('removes all of a file, once, and does not mind being told of it afterwards', async () => {
  const library = new MediaLibrary(folder)
  const { fileId } = await complete(library)
  expect(await library.remove(fileId)).toBe(true)
  expect(readdirSync(folder)).toEqual([])
  expect(await library.remove(fileId)).toBe(false)
  await expect(library.reported(fileId)).resolves.toBeUndefined()
})

it('makes ids of nineteen digits, all different', () => {
  const ids = Array.from({ length: 1000 }, newFileId)
  for (const id of ids) expect(id).toMatch(/^[1-9]\d{18}$/)
  expect(new Set(ids).size).toBe(1000)
})

/** A box of MP4. */
const box = (type: string, size: number): Buffer => {
  const bytes = Buffer.alloc(8 + size)
  bytes.writeUInt32BE(bytes.length)
  bytes.write(type, 4, 'latin1')
  return bytes
}

it.each([
  ['a fragment cut short', [box('ftyp', 8), box('moof', 40), box('mdat', 100).subarray(0, 60)]],
  ['no fragment', [box('ftyp', 8)]],
  ['a length of nothing', [Buffer.alloc(64)]],
  ['garbage', [Buffer.alloc(64, 0xff)]],
  ['nothing', []],
])('rescues nothing from a file with %s', async (_what, parts) => {
  const file = join(folder, 'file')
  writeFileSync(file, Buffer.concat(parts))
  expect(await salvage(mediabunny, file)).toBeNull()
})

it('rescues nothing from a file that is not there', async () => {
  expect(await salvage(mediabunny, join(folder, 'none'))).toBeNull()
})

it.each([
  [undefined, null],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-200', { start: 90, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-200', { start: 0, end: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=20-10', null],
  ['bytes=0-1,5-6', null],
  ['bytes=-', null],
  ['lines=1-2', null],
])('reads the range %s of a file of 100 bytes', (header, range) => {
  expect(parseRange(header, 100)).toEqual(range)
})

it('has no range in an empty file', () => {
  expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable')
})
