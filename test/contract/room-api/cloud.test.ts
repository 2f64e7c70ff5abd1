import { createCloudRoomApi } from '../../../miniprogram/services/room-api/cloud'
import { ManualClock } from '../../unit/services/manual-clock'
import { describeRoomApi } from './contract'

describeRoomApi('cloud, over callFunction', ({ clock, onServerTime, script }) =>
  createCloudRoomApi({
    clock,
    onServerTime,
    callFunction: async ({ name, data }) => {
      expect(name).toBe('room')
      const move = script(data, 0)
      if (move === 'lost') throw { errCode: -1, errMsg: 'cloud.callFunction:fail network' }
      if (move === 'silent') return new Promise(() => undefined)
      return { result: move.body }
    },
  }),
)

test.each([
  [-404011, 'internal'],
  [-504002, 'internal'],
  [-504003, 'timeout'],
  [-404012, 'timeout'],
  [-601034, 'network'],
])('error %i of the cloud is %s', async (errCode, code) => {
  const callFunction = () => Promise.reject({ errCode, errMsg: 'cloud.callFunction:fail' })
  const api = createCloudRoomApi({ clock: new ManualClock(), callFunction })
  await expect(api.call('like', { roomId: 'r', count: 1 })).rejects.toMatchObject({ code, details: { errCode } })
})
