import type {
  CreateRecordTaskRequest,
  DescribeRecordTaskRequest,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/live/v20180801/live_models'
import { parseStream } from '../../core/ids'
import type { Streaming } from '../../core/ports'
import type { Call, CssConfig } from './client'
import { CssError, unless } from './error'

const DAY_S = 86_400
/** A task lasts a day at most, and begins and ends within this time around now. */
const WINDOW_S = 2 * DAY_S
const PAGES_MAX = 5
/** Of StopRecordTask, whose only parameter is the task: there is none that could be stopped. */
const NO_SUCH_TASK = ['ResourceNotFound', 'InvalidParameter', 'UnsupportedOperation']
const NO_SUCH_FILE = ['ResourceNotFound', 'InvalidParameterValue.FileId']

type Recorder = Pick<Streaming, 'startRecording' | 'recordingsOf' | 'stopRecording' | 'deleteRecording'>

/**
 * Recording by tasks. A task records its stream whenever it is pushed, until it ends: an interruption makes a new file
 * under the same task (notes of CreateRecordTask).
 */
export function createRecorder(call: Call, config: CssConfig, now: () => number): Recorder {
  const place = { DomainName: config.pushDomain, AppName: config.app }
  return {
    async startRecording(stream, endsAt, tag) {
      const task: CreateRecordTaskRequest = {
        ...place,
        StreamName: stream,
        EndTime: Math.floor(endsAt / 1000),
        StreamType: parseStream(stream)?.of === 'mix' ? 1 : 0,
        Extension: tag,
        ...(config.recordTemplateId === undefined ? {} : { TemplateId: config.recordTemplateId }),
      }
      const { TaskId } = await call('live', 'CreateRecordTask', task)
      if (typeof TaskId !== 'string' || TaskId === '')
        throw new CssError('CreateRecordTask', null, 'no TaskId in the answer')
      return TaskId
    },

    async recordingsOf(stream) {
      const nowS = Math.floor(now() / 1000)
      const running: string[] = []
      let token: string | undefined
      for (let page = 0; page < PAGES_MAX; page++) {
        const window: DescribeRecordTaskRequest = {
          ...place,
          StreamName: stream,
          StartTime: nowS - WINDOW_S,
          EndTime: nowS + WINDOW_S,
          ...(token === undefined ? {} : { ScrollToken: token }),
        }
        const { TaskList = [], ScrollToken } = await call('live', 'DescribeRecordTask', window)
        running.push(...runningTasks(TaskList, stream, nowS))
        if (typeof ScrollToken !== 'string' || ScrollToken === '') return running
        token = ScrollToken
      }
      throw new CssError('DescribeRecordTask', null, 'the list of tasks has no end')
    },

    async stopRecording(taskId) {
      await call('live', 'StopRecordTask', { TaskId: taskId }).catch(unless(...NO_SUCH_TASK))
    },

    async deleteRecording(fileId) {
      const file = { FileId: fileId, ...(config.vodSubAppId === undefined ? {} : { SubAppId: config.vodSubAppId }) }
      await call('vod', 'DeleteMedia', file).catch(unless(...NO_SUCH_FILE))
    },
  }
}

/** Tasks of this stream that were neither stopped nor have ended. An empty list may come as null. */
function runningTasks(list: unknown, stream: string, nowS: number): string[] {
  if (list !== null && !Array.isArray(list)) throw new CssError('DescribeRecordTask', null, 'TaskList is no list')
  return ((list ?? []) as Record<string, unknown>[]).flatMap((task) => {
    const { TaskId, StreamName, EndTime, Stopped } = task ?? {}
    if (typeof TaskId !== 'string' || typeof EndTime !== 'number') {
      throw new CssError('DescribeRecordTask', null, 'a task has an unknown shape')
    }
    return StreamName === stream && !Stopped && EndTime > nowS ? [TaskId] : []
  })
}
