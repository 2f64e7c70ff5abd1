import type { Appointment, Reminded, Reminders } from './port'

/** How long an entry in the calendar lasts (s); nobody knows how long the show will. */
const ENTRY_S = 3600

/** Null where the platform did not even ask: then the calendar is the next try. */
function byMessage(template: string): Promise<Reminded | null> {
  if (template === '' || !wx.canIUse('requestSubscribeMessage')) return Promise.resolve(null)
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: [template],
      success: (answers) =>
        resolve((answers as Record<string, unknown>)[template] === 'accept' ? 'message' : 'refused'),
      fail: () => resolve(null),
    })
  })
}

function byCalendar({ title, opensAt }: Appointment): Promise<Reminded> {
  // Base library 2.15.0.
  if (!wx.canIUse('addPhoneCalendar')) return Promise.resolve('unsupported')
  const startTime = Math.round(opensAt / 1000)
  return new Promise((resolve) => {
    wx.addPhoneCalendar({
      title,
      startTime,
      endTime: String(startTime + ENTRY_S),
      alarm: true,
      alarmOffset: 0,
      success: () => resolve('calendar'),
      fail: () => resolve('refused'),
    })
  })
}

/**
 * Reminders of WeChat. `template`: id of a subscription template of this mini program, or '' for the calendar alone. The
 * message is sent by whoever has set the template up; the room service sends none.
 */
export const createWxReminders = (template: string): Reminders => ({
  remind: async (appointment) => (await byMessage(template)) ?? byCalendar(appointment),
})
