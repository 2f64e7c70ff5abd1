import type { Caller, ServiceConfig } from './ports'
import { Refusal } from './refusal'

const FILE_ID = /^cloud:\/\/([^/]+)\/(.+)$/

/** The folder of the cloud storage into which a person uploads cover pictures. */
const folderOf = (userId: string): string[] => ['covers', userId]

/**
 * Refuses a cover picture that is not the caller's own upload to our storage, by its file id
 * (`cloud://<environment>.<bucket>/covers/<user id>/<name>`): the storage lets everybody write under his own name only.
 * '' is no picture.
 */
export function ownCover(config: Pick<ServiceConfig, 'storageEnv'>, { userId }: Caller, coverFile: string): void {
  if (coverFile === '') return
  const [, bucket = '', path = ''] = FILE_ID.exec(coverFile) ?? []
  const segments = path.split('/')
  const clean = segments.length > 2 && segments.every((name) => name !== '' && name !== '.' && name !== '..')
  const own = folderOf(userId).every((name, i) => segments[i] === name)
  if (!clean || !own || !bucket.startsWith(`${config.storageEnv}.`)) {
    throw new Refusal('forbidden', "the cover must be a picture of the caller's own, under covers/<user id>/")
  }
}
