import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon'

interface Tab {
  id: string
  label: string
  icon: IconName
  /** So many things in it want to be looked at. */
  badge?: number
  body: ComponentChildren
}

/** Panels of which one is seen; arrow keys go from one to the next. The others stay, so that nothing they hold is lost. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => {
  const [chosen, choose] = useState(tabs[0]?.id)
  const own = useId()
  const go = (step: number) => {
    const at = tabs.findIndex(({ id }) => id === chosen)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    choose(next.id)
    document.getElementById(`${own}-${next.id}`)?.focus()
  }
  const moved = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step !== undefined) go(step)
  }
  return (
    <aside class="side">
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={moved}>
        {tabs.map(({ id, label: name, icon, badge = 0 }) => (
          <button
            key={id}
            id={`${own}-${id}`}
            type="button"
            role="tab"
            aria-selected={id === chosen}
            aria-controls={`${own}-${id}-panel`}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => choose(id)}
          >
            <Icon name={icon} />
            {name}
            {badge > 0 && <span class="count">{badge}</span>}
          </button>
        ))}
      </div>
      {tabs.map(({ id, body }) => (
        <div
          key={id}
          id={`${own}-${id}-panel`}
          class="tabpanel"
          role="tabpanel"
          aria-labelledby={`${own}-${id}`}
          hidden={id !== chosen}
        >
          {body}
        </div>
      ))}
    </aside>
  )
}
