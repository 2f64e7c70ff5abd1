import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { LocalPicture, Pictures } from '../../services/pictures/port'
import type { Scope } from '../scope'
import type { Session } from '../session'

/** A cover is drawn small; a larger file (bytes) would only keep everybody waiting. */
export const COVER_MAX_BYTES = 5 * 1024 * 1024

/** `too-large` and `not-opened` leave things as they were; after `not-sent` there is the colour alone. */
export type CoverProblem = 'too-large' | 'not-opened' | 'not-sent'

export interface CoverPictureDeps {
  scope: Scope
  pictures: Pictures
  session: Pick<Session, 'me' | 'login'>
}

/** A picture for the cover of a show to come: chosen, and uploaded while the anchor fills in the rest. */
export class CoverPicture {
  /** The picture as this phone shows it; '' for the colour alone. */
  path = ''
  uploading = false
  problem: CoverProblem | null = null
  /** Somebody waits for the end of the upload. */
  awaited = false

  private choosing = false
  private sending: { scope: Scope; file: Promise<string | null> } | null = null

  constructor(private readonly deps: CoverPictureDeps) {
    makeObservable(this, { path: observable, uploading: observable, problem: observable, awaited: observable })
  }

  /** Never rejects; a second call while the user is choosing does nothing. */
  async choose(): Promise<void> {
    const { scope, pictures } = this.deps
    if (this.choosing || this.awaited || scope.ended) return
    this.choosing = true
    try {
      const picture = await scope.guard(pictures.choose())
      if (picture) this.take(picture)
    } catch {
      this.set({ problem: 'not-opened' })
    }
    this.choosing = false
  }

  /** Back to the colour alone; who waits for the picture is told that there is none. */
  remove(): void {
    this.sending?.scope.end()
    this.sending = null
    this.set({ path: '', uploading: false, problem: null })
  }

  /**
   * Null for the colour alone. Else the file id of the cover, once it is there; null when the picture was lost or taken
   * back in the meantime: then the user decides anew.
   */
  file(): Promise<string | null> | null {
    return this.sending && this.wait(this.sending.file)
  }

  private async wait(sent: Promise<string | null>): Promise<string | null> {
    this.set({ awaited: true })
    const file = await this.deps.scope.guard(sent)
    this.set({ awaited: false })
    return file
  }

  private take(picture: LocalPicture): void {
    if (picture.bytes > COVER_MAX_BYTES) {
      this.set({ problem: 'too-large' })
      return
    }
    this.remove()
    const scope = this.deps.scope.child()
    this.sending = { scope, file: this.send(scope, picture) }
    this.set({ path: picture.path, uploading: true })
  }

  private async send(scope: Scope, picture: LocalPicture): Promise<string | null> {
    try {
      const file = await this.upload(scope, picture)
      if (scope.ended) return null
      this.set({ uploading: false })
      return file
    } catch {
      if (scope.ended) return null
      this.remove()
      this.set({ problem: 'not-sent' })
      return null
    }
  }

  /** Into the folder that the server takes covers of this user from. */
  private async upload(scope: Scope, picture: LocalPicture): Promise<string> {
    const { pictures, session } = this.deps
    const { userId } = session.me ?? (await session.login())
    if (scope.ended) return ''
    const { clock } = scope
    const chance = () => clock.random().toString(36).slice(2, 12)
    const upload = pictures.upload(picture, `covers/${userId}/${clock.now().toString(36)}-${chance()}${chance()}`)
    scope.onEnd(() => upload.stop())
    return upload.file
  }

  private set(changes: Partial<Pick<CoverPicture, 'path' | 'uploading' | 'problem' | 'awaited'>>): void {
    runInAction(() => Object.assign(this, changes))
  }
}
