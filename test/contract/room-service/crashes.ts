import type { World } from './world'

/** A function that dies: in its n-th call to the database (0 is the first), before it is carried out or after it. */
export interface Crash {
  at: number
  when: 'before' | 'after'
}

/**
 * Runs work that dies on the way: after the crash neither database nor vendors hear from it again. Tells whether it died
 * at all. What it is answered, or refused, does not matter: nobody is there to read it.
 */
export async function dying(world: World, { at, when }: Crash, work: () => Promise<unknown>): Promise<boolean> {
  const store = world.store as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
  const whole = { ...store }
  const { streaming, chat } = world.vendors
  const down = new Set(world.vendors.down)
  let calls = 0
  let dead = false
  const die = (): never => {
    dead = true
    for (const name of [...Object.keys(streaming), ...Object.keys(chat)]) world.vendors.down.add(name as never)
    throw new Error('the function died')
  }
  for (const [name, method] of Object.entries(whole)) {
    store[name] = async (...args) => {
      const mine = calls++
      if (dead || (mine === at && when === 'before')) die()
      const result = await method(...args)
      return mine === at ? die() : result
    }
  }
  try {
    await work().catch(() => undefined)
  } finally {
    Object.assign(store, whole)
    world.vendors.down.clear()
    for (const name of down) world.vendors.down.add(name)
  }
  return dead
}
