import { RecordSwitch } from '../../../desk/model/record-switch'
import { type RoomApi, RoomApiError } from '../../../miniprogram/services/room-api/port'

test('two taps are one question; what comes of it is said by the room, a refusal by the button', async () => {
  const asked: unknown[] = []
  let answer = () => {}
  const api: RoomApi = {
    call: (action, input) => {
      asked.push([action, input])
      return new Promise((resolve) => {
        answer = () => resolve({} as never)
      })
    },
  }
  const record = new RecordSwitch(api)
  const taps = [record.turn('r1', true), record.turn('r1', true)]
  expect(record.busy).toBe(true)
  answer()
  await Promise.all(taps)
  expect(asked).toEqual([['record', { roomId: 'r1', on: true }]])
  expect([record.busy, record.failed]).toEqual([false, false])

  const refusing = new RecordSwitch({ call: () => Promise.reject(new RoomApiError('unavailable', 'no')) })
  await refusing.turn('r1', true)
  expect([refusing.busy, refusing.failed]).toEqual([false, true])
})
