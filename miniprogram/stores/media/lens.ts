import { makeAutoObservable, runInAction } from 'mobx-miniprogram'
import type { Scope } from '../scope'
import type { PusherHandle, Snapshot } from './handles'

/** More than this only shows noise. */
const MAX_ZOOM = 5

/** What the camera itself can do on this phone. Everything is off or at its beginning when another tag takes over. */
export class Lens {
  canTorch = false
  canShoot = false
  torch = false
  zoom = 1
  /** 1: there is nothing to zoom. */
  maxZoom = 1
  private handle: PusherHandle | null = null
  private turning: object | null = null

  constructor(private readonly scope: Scope) {
    makeAutoObservable<this, 'handle' | 'scope' | 'turning'>(this, { handle: false, scope: false, turning: false })
  }

  /** The tag is there. */
  use(handle: PusherHandle): void {
    this.handle = handle
    this.canTorch = Boolean(handle.toggleTorch)
    this.canShoot = Boolean(handle.snapshot)
    this.forget()
    this.maxZoom = 1
  }

  /** The tag runs: only now it knows its camera. */
  opened(): void {
    const { handle } = this
    if (handle?.maxZoom && handle.setZoom) void this.measure(handle)
  }

  /** The tag is gone. */
  leave(handle: PusherHandle): void {
    if (this.handle !== handle) return
    this.handle = null
    this.canTorch = false
    this.canShoot = false
    this.forget()
    this.maxZoom = 1
  }

  /** The camera was closed, or is another one: its light is off and its picture whole. */
  forget(): void {
    this.turning = null
    this.torch = false
    this.zoom = 1
  }

  /** A light that the phone refuses (no lamp, the front camera) stays off. */
  async setTorch(on: boolean): Promise<void> {
    const { handle } = this
    if (!handle?.toggleTorch || this.torch === on) return
    // A tap that comes before the answer would toggle it back.
    if (this.turning) return
    const turn = {}
    this.turning = turn
    this.torch = on
    try {
      await this.scope.guard(handle.toggleTorch())
    } catch {
      if (this.turning === turn) this.put({ torch: !on })
    }
    if (this.turning === turn) this.turning = null
  }

  setZoom(zoom: number): void {
    const wanted = Math.min(this.maxZoom, Math.max(1, Math.round(zoom * 10) / 10))
    if (!Number.isFinite(wanted) || wanted === this.zoom) return
    this.zoom = wanted
    void this.handle?.setZoom?.(wanted).catch(() => {})
  }

  /** A still picture; null when there is none to be had. */
  async shoot(): Promise<Snapshot | null> {
    const { handle } = this
    if (!handle?.snapshot) return null
    return this.scope.guard(handle.snapshot().catch(() => null))
  }

  private async measure(handle: PusherHandle): Promise<void> {
    const most = await this.scope.guard(handle.maxZoom?.() ?? Promise.resolve(1)).catch(() => 1)
    if (this.handle === handle && most > 1) this.put({ maxZoom: Math.min(MAX_ZOOM, most) })
  }

  private put(fields: Partial<Pick<Lens, 'torch' | 'maxZoom'>>): void {
    runInAction(() => Object.assign(this, fields))
  }
}
