import fs from 'node:fs'
import vm from 'node:vm'
import { WebSocket } from 'ws'

const SDK_FILE = require.resolve('@tencentcloud/lite-chat')

const INFO = {
  brand: 'iPhone',
  model: 'iPhone 13',
  system: 'iOS 16.0',
  platform: 'ios',
  version: '8.0.40',
  SDKVersion: '3.8.0',
  language: 'zh_CN',
  pixelRatio: 2,
  screenWidth: 375,
  screenHeight: 812,
  windowWidth: 375,
  windowHeight: 812,
  // The SDK takes this for the mark of WeChat.
  fontSizeSetting: 16,
}

type Callbacks = Partial<Record<'success' | 'fail' | 'complete', (result: object) => void>>

let attaching = false
/**
 * The SDK leaves rejections of its own unhandled, as when it starts offline or a group is dissolved. In WeChat they end in
 * `App.onUnhandledRejection`; here they would fail whatever test is running. Ours are still seen: they are other promises.
 */
class SdkPromise<T> extends Promise<T> {
  constructor(executor: ConstructorParameters<typeof Promise<T>>[0]) {
    super(executor)
    if (attaching) return
    attaching = true
    super.then(undefined, () => undefined)
    attaching = false
  }
}

const compiled = new Map<string, vm.Script>()

function compile(file: string): vm.Script {
  const known = compiled.get(file)
  if (known) return known
  const names =
    'module, exports, wx, getApp, __wxConfig, setTimeout, clearTimeout, setInterval, clearInterval, console, Promise'
  const source = `(function (${names}) {${fs.readFileSync(file, 'utf8')}\n})`
  const script = new vm.Script(source, { filename: file })
  compiled.set(file, script)
  return script
}

/**
 * One phone for the real SDK: a `wx` of its own, a module instance of its own (the SDK keeps its state in the module),
 * and an account of every timer and socket that it holds. Nothing leaves the machine.
 */
export class TimPhone {
  readonly sockets = new Set<WebSocket>()
  private readonly timers = new Set<NodeJS.Timeout>()
  /** How many sockets the SDK has opened. */
  opened = 0
  /** How often the SDK has been loaded. */
  loads = 0
  private loaded: unknown

  constructor(
    private readonly url: () => string,
    private readonly file = SDK_FILE,
  ) {}

  /** What the SDK holds on to. */
  get held(): { timers: number; sockets: number } {
    return { timers: this.timers.size, sockets: this.sockets.size }
  }

  /** Loads the SDK as `require.async` does: once, late. */
  readonly load = async (): Promise<unknown> => {
    this.loads += 1
    this.loaded ??= this.run()
    return this.loaded
  }

  private run(): unknown {
    const module = { exports: {} as unknown }
    const quiet = { log() {}, info() {}, warn() {}, error() {}, debug() {} }
    const timers = this.trackedTimers()
    const wrapper = compile(this.file).runInThisContext() as (...globals: unknown[]) => void
    wrapper(
      module,
      module.exports,
      this.wx(),
      () => ({ globalData: {} }),
      { pages: ['pages/index/index'] },
      timers.setTimeout,
      timers.clear,
      timers.setInterval,
      timers.clear,
      quiet,
      SdkPromise,
    )
    return module.exports
  }

  private trackedTimers() {
    const { timers } = this
    return {
      setTimeout(task: () => void, ms?: number) {
        const timer = setTimeout(() => {
          timers.delete(timer)
          task()
        }, ms)
        timers.add(timer)
        return timer
      },
      setInterval(task: () => void, ms?: number) {
        const timer = setInterval(task, ms)
        timers.add(timer)
        return timer
      },
      clear(timer: NodeJS.Timeout) {
        timers.delete(timer)
        clearTimeout(timer)
      },
    }
  }

  private wx(): object {
    const later = (options: Callbacks | undefined, outcome: 'success' | 'fail', result: object) =>
      setImmediate(() => {
        options?.[outcome]?.(result)
        options?.complete?.(result)
      })
    const nothing = () => undefined
    return {
      connectSocket: () => this.connect(),
      request: (options: Callbacks) => {
        later(options, 'fail', { errMsg: 'request:fail' })
        return { abort: nothing }
      },
      getSystemInfoSync: () => INFO,
      getDeviceInfo: () => INFO,
      getWindowInfo: () => INFO,
      getAppBaseInfo: () => ({ ...INFO, host: { env: 'WeChat' } }),
      getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop' } }),
      getNetworkType: (options: Callbacks) => later(options, 'success', { networkType: 'wifi' }),
      onNetworkStatusChange: nothing,
      offNetworkStatusChange: nothing,
      onAppShow: nothing,
      offAppShow: nothing,
      onAppHide: nothing,
      offAppHide: nothing,
      getStorageSync: () => '',
      setStorageSync: nothing,
      removeStorageSync: nothing,
    }
  }

  private connect(): object {
    this.opened += 1
    const socket = new WebSocket(this.url(), { perMessageDeflate: false })
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    return {
      onOpen: (heard: (event: object) => void) => socket.on('open', () => heard({ header: {} })),
      onMessage: (heard: (event: object) => void) =>
        socket.on('message', (data: Buffer) =>
          heard({ data: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) }),
        ),
      onClose: (heard: (event: object) => void) =>
        socket.on('close', (code, reason) => heard({ code, reason: String(reason) })),
      onError: (heard: (event: object) => void) => socket.on('error', (error) => heard({ errMsg: String(error) })),
      send: ({ data, fail }: { data: ArrayBuffer; fail?: (error: object) => void }) =>
        socket.send(data, (error) => error && fail?.({ errMsg: String(error) })),
      close: () => socket.close(),
      get readyState() {
        return socket.readyState
      },
    }
  }
}
