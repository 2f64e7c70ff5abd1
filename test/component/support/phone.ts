/** The few `wx` names that parts read while they load; a test may change the language before it loads a part. */
export interface Phone {
  language: string
}

export const phone: Phone = { language: 'zh_CN' }

Object.assign(globalThis, {
  wx: {
    getAppBaseInfo: () => ({ language: phone.language }),
    nextTick: (task: () => void) => queueMicrotask(task),
  },
})
