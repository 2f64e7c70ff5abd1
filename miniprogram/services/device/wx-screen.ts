/** One switch for the whole phone, so it is counted: on with the first holder, off with the last. */
export function createScreenLease(): () => () => void {
  let holders = 0
  const apply = () => wx.setKeepScreenOn({ keepScreenOn: holders > 0, fail: () => undefined })
  return () => {
    holders += 1
    if (holders === 1) {
      apply()
      // WeChat forgets it when the app goes to the background.
      wx.onAppShow(apply)
    }
    let held = true
    return () => {
      if (!held) return
      held = false
      holders -= 1
      if (holders > 0) return
      wx.offAppShow(apply)
      apply()
    }
  }
}
