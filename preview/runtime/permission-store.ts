import { permissions, type Scope } from './permissions'

const GRANTED: Partial<Record<Scope, boolean>> = { 'scope.camera': true, 'scope.record': true }

/** Loads what this user has allowed before. `granted`: camera and microphone without asking, unless denied before. */
export function openPermissions(user: string, granted: boolean): void {
  const key = `phone-permissions:${user}`
  const remembered = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Record<Scope, boolean>>
  permissions.open({ ...(granted ? GRANTED : {}), ...remembered }, (grants) =>
    localStorage.setItem(key, JSON.stringify(grants)),
  )
}
