import * as v from 'valibot'
import { ApiError } from './api-error'
import { isoSeconds } from './api-live'
import { type Action, action, name } from './api-params'
import type { StreamingConfig } from './options'
import { videoUrl } from './recording/events'
import type { MediaFile, MediaLibrary } from './recording/library'

const MAX_FILES = 20

const describe = v.object({ FileIds: v.pipe(v.array(name), v.nonEmpty(), v.maxLength(MAX_FILES)) })
const remove = v.object({ FileId: name })

type Config = Pick<StreamingConfig, 'app' | 'domain' | 'publicBase'>

/** Actions on recorded files, of vod (docs 266/31763, 266/31764). */
export function vodActions(config: Config, library: MediaLibrary): Record<string, Action> {
  return {
    DescribeMediaInfos: action(describe, async ({ FileIds }) => {
      const asked = [...new Set(FileIds)]
      const files = await Promise.all(asked.map((fileId) => library.find(fileId)))
      return {
        MediaInfoSet: files.filter((file) => file !== null).map((file) => mediaInfo(file, config)),
        NotExistFileIdSet: asked.filter((_fileId, i) => !files[i]),
      }
    }),

    DeleteMedia: action(remove, async ({ FileId }) => {
      if (await library.remove(FileId)) return {}
      throw new ApiError('InvalidParameterValue.FileId', 'no such FileId')
    }),
  }
}

function mediaInfo(file: MediaFile, { app, domain, publicBase }: Config): object {
  const endedAt = file.endedAt ?? file.startedAt
  return {
    FileId: file.fileId,
    BasicInfo: {
      Name: `${file.stream}_${isoSeconds(file.startedAt)}`,
      CreateTime: isoSeconds(endedAt),
      UpdateTime: isoSeconds(endedAt),
      ExpireTime: '9999-12-31T23:59:59Z',
      Type: 'mp4',
      Category: file.width > 0 ? 'Video' : 'Audio',
      Status: 'Normal',
      MediaUrl: videoUrl(publicBase, file.fileId),
      CoverUrl: '',
      SourceInfo: {
        SourceType: 'Record',
        SourceContext: '',
        LiveRecordInfo: {
          Domain: domain,
          Path: app,
          StreamId: file.stream,
          RecordStartTime: isoSeconds(file.startedAt),
          RecordEndTime: isoSeconds(endedAt),
        },
      },
    },
    MetaData: {
      Size: file.bytes,
      Container: 'mov,mp4,m4a,3gp,3g2,mj2',
      Duration: file.seconds,
      Width: file.width,
      Height: file.height,
      Bitrate: file.seconds > 0 ? Math.round((file.bytes * 8) / file.seconds) : 0,
    },
  }
}
