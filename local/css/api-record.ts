import * as v from 'valibot'
import { ApiError } from './api-error'
import { requireApp } from './api-live'
import { type Action, action, name, streamTarget, whole } from './api-params'
import type { StreamingConfig } from './options'
import { MAX_TASKS_PER_STREAM, type Recorder } from './recording/recorder'
import type { RecordTasks } from './recording/tasks'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const STREAM_NAME = /^[\w-]{1,128}$/

/** Unix seconds. */
const time = whole(0, 2 ** 40)

const create = v.object({
  ...streamTarget,
  StreamName: v.pipe(name, v.regex(STREAM_NAME)),
  EndTime: time,
  StartTime: v.optional(time),
  StreamType: v.optional(whole(0, 1)),
  TemplateId: v.optional(whole(0, Number.MAX_SAFE_INTEGER), 0),
  Extension: v.optional(v.pipe(v.string(), v.maxLength(4096)), ''),
})
const stop = v.object({ TaskId: name })
const describe = v.object({
  StartTime: time,
  EndTime: time,
  StreamName: v.optional(name),
  AppName: v.optional(name),
})

export interface RecordActionDeps {
  config: Pick<StreamingConfig, 'app' | 'domain'>
  tasks: RecordTasks
  recorder: Recorder
  now: () => number
}

/** Actions on record tasks (docs 267/45983, 45981, 51474). */
export function recordActions({ config, tasks, recorder, now }: RecordActionDeps): Record<string, Action> {
  return {
    CreateRecordTask: action(create, async (params) => {
      requireApp(params.AppName, config.app)
      const nowS = now() / 1000
      const { StreamName: stream, EndTime, StartTime = Math.floor(nowS) } = params
      if (EndTime <= nowS || EndTime <= StartTime) refuse('EndTime must be later than StartTime and than now')
      if (EndTime > nowS + 7 * DAY_S) refuse('EndTime must be within seven days')
      if (EndTime - StartTime > DAY_S) refuse('a task runs 24 hours at most')
      const [startAt, endAt] = [StartTime * 1000, EndTime * 1000]
      const beside = tasks
        .all()
        .filter((other) => other.stream === stream && other.stoppedAt === 0 && other.endAt > now())
        .filter((other) => other.startAt < endAt && startAt < other.endAt)
      if (beside.length >= MAX_TASKS_PER_STREAM) {
        throw new ApiError(
          'LimitExceeded.MaximumRunningTask',
          `${stream} has ${MAX_TASKS_PER_STREAM} record tasks already`,
        )
      }
      const { TemplateId: templateId, Extension: extension } = params
      const task = await tasks.add({ stream, startAt, endAt, templateId, extension })
      await recorder.update()
      return { TaskId: task.taskId }
    }),

    StopRecordTask: action(stop, async ({ TaskId }) => {
      if (!(await tasks.stop(TaskId))) throw new ApiError('ResourceNotFound.TaskId', 'no such TaskId')
      await recorder.update()
      return {}
    }),

    DescribeRecordTask: action(describe, ({ StartTime, EndTime, StreamName }) => {
      if (EndTime <= StartTime || EndTime - StartTime > 7 * DAY_S)
        refuse('from StartTime to EndTime is one week at most')
      const shown = tasks
        .all()
        .filter(({ stream }) => StreamName === undefined || stream === StreamName)
        .filter(({ startAt, endAt }) => startAt >= StartTime * 1000 && endAt <= EndTime * 1000)
      return {
        ScrollToken: '',
        TaskList: shown.map((task) => ({
          TaskId: task.taskId,
          DomainName: config.domain,
          AppName: config.app,
          StreamName: task.stream,
          StartTime: Math.floor(task.startAt / 1000),
          EndTime: Math.floor(task.endAt / 1000),
          TemplateId: task.templateId,
          Stopped: Math.floor(task.stoppedAt / 1000),
        })),
      }
    }),
  }
}

function refuse(reason: string): never {
  throw new ApiError('InvalidParameter', reason)
}
