import * as v from 'valibot'
import { ApiError } from './api-error'
import { type Action, action, name } from './api-params'
import type { Mixer } from './mixing/mixer'
import { createMix, readMixRequest } from './mixing/request'

const cancel = v.object({ MixStreamSessionId: name })

/** Actions on mixes (docs 267/43404, 267/43405). */
export function mixActions(mixer: Mixer): Record<string, Action> {
  return {
    CreateCommonMixStream: action(createMix, async (params) => {
      await mixer.show(readMixRequest(params))
      return {}
    }),

    CancelCommonMixStream: action(cancel, ({ MixStreamSessionId }) => {
      if (mixer.cancel(MixStreamSessionId)) return {}
      throw new ApiError('InvalidParameter.CancelSessionNotExist', 'no such mix')
    }),
  }
}
