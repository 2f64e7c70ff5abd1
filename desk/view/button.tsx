import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon'

interface ButtonProps {
  /** Read out, and shown as a tip; the text beside the icon, where there is one, is `children`. */
  label: string
  icon?: IconName
  look?: 'primary' | 'danger' | 'quiet' | 'round'
  /** A switch says whether it is on. */
  pressed?: boolean
  disabled?: boolean
  busy?: boolean
  children?: ComponentChildren
  onPress(): void
}

/** Every button of the desk. */
export const Button = ({ label, icon, look, pressed, disabled, busy, children, onPress }: ButtonProps) => (
  <button
    type="button"
    class={`button ${look ?? ''}`}
    aria-label={label}
    title={children ? undefined : label}
    aria-pressed={pressed}
    aria-busy={busy}
    disabled={disabled || busy}
    onClick={onPress}
  >
    {icon && <Icon name={icon} />}
    {children}
  </button>
)
