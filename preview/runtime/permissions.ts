import { Emitter } from './emitter'

/** Scopes of WeChat that the preview knows. */
export type Scope =
  | 'scope.camera'
  | 'scope.record'
  | 'scope.userInfo'
  | 'scope.writePhotosAlbum'
  | 'scope.addPhoneCalendar'

type Grants = Partial<Record<Scope, boolean>>

const changes = new Emitter<Scope>()
let grants: Grants = {}
let save: (grants: Grants) => void = () => {}

/** What this phone's user allows the mini program to do. Asked once, remembered, changed only in the settings. */
export const permissions = {
  /** Loads what is remembered; `store` is called after each change. */
  open(remembered: Grants, store: (grants: Grants) => void): void {
    grants = { ...remembered }
    save = store
  },

  /** `undefined`: never asked. */
  get(scope: Scope): boolean | undefined {
    return grants[scope]
  },

  all(): Readonly<Grants> {
    return { ...grants }
  },

  set(scope: Scope, allowed: boolean): void {
    if (grants[scope] === allowed) return
    grants[scope] = allowed
    save(grants)
    changes.emit(scope)
  },

  /** Native tags listen: a revoked camera ends a running capture. @returns a function that ends the subscription */
  onChange(listener: (scope: Scope) => void): () => void {
    return changes.on(listener)
  },
}
