import { makeObservable, observable, runInAction } from 'mobx-miniprogram'

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

export interface PagedListDeps<T> {
  load(cursor: string | undefined): Promise<Page<T>>
  idOf(item: T): string
  /** No further page is asked for beyond so many. */
  readonly max: number
}

/** A list of the server, page by page. What was seen before stays until something newer is known. */
export class PagedList<T> {
  items: readonly T[] = []
  /** Of the last refresh: `error` leaves `items` as they were. */
  state: 'loading' | 'ready' | 'empty' | 'error' = 'loading'
  /** A refresh or a further page is under way. */
  busy = false
  hasMore = false
  private cursor: string | null = null
  private refreshing: Promise<void> | null = null
  private paging: Promise<void> | null = null
  /** Grows with `clear`: what was asked for before is dropped. */
  private round = 0

  constructor(private readonly deps: PagedListDeps<T>) {
    makeObservable(this, {
      items: observable.ref,
      state: observable,
      busy: observable,
      hasMore: observable,
    })
  }

  /** From the first page. Never rejects; a second call joins the first. */
  refresh(): Promise<void> {
    if (this.refreshing) return this.refreshing
    const refreshing = this.load(undefined).finally(() => {
      if (this.refreshing !== refreshing) return
      this.refreshing = null
      this.settle()
    })
    this.refreshing = refreshing
    this.settle()
    return refreshing
  }

  /** The next page, if there is one. Never rejects. */
  async more(): Promise<void> {
    if (this.refreshing || this.cursor === null || this.items.length >= this.deps.max) return
    if (this.paging) return this.paging
    const paging = this.load(this.cursor).finally(() => {
      if (this.paging !== paging) return
      this.paging = null
      this.settle()
    })
    this.paging = paging
    this.settle()
    return paging
  }

  /** Takes out what is known to be gone. */
  drop(id: string): void {
    const items = this.items.filter((item) => this.deps.idOf(item) !== id)
    if (items.length < this.items.length) this.show(items, this.cursor)
  }

  /** As if nothing had ever been asked for. */
  clear(): void {
    this.round++
    this.refreshing = null
    this.paging = null
    this.show([], null)
    this.setState('loading')
    this.settle()
  }

  private async load(cursor: string | undefined): Promise<void> {
    const { round } = this
    try {
      const page = await this.deps.load(cursor)
      if (round !== this.round) return
      // A page that was asked for before a refresh belongs to the list of then.
      if (cursor !== undefined && (this.refreshing || cursor !== this.cursor)) return
      const before = cursor === undefined ? [] : this.items
      const known = new Set(before.map(this.deps.idOf))
      const fresh = page.items.filter((item) => !known.has(this.deps.idOf(item)))
      this.show([...before, ...fresh], page.nextCursor)
    } catch {
      if (round === this.round && cursor === undefined) this.setState('error')
    }
  }

  private show(items: readonly T[], cursor: string | null): void {
    this.cursor = cursor
    runInAction(() => {
      this.items = items
      this.hasMore = cursor !== null
    })
    this.setState(items.length > 0 ? 'ready' : 'empty')
  }

  private setState(state: PagedList<T>['state']): void {
    runInAction(() => {
      this.state = state
    })
  }

  private settle(): void {
    runInAction(() => {
      this.busy = this.refreshing !== null || this.paging !== null
    })
  }
}
