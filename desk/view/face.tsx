import { initialOf } from '../../miniprogram/locales/format'
import type { User } from '../../miniprogram/protocol/room'

const HUES = [354, 28, 152, 210, 268, 320]
const hueOf = (id: string): number =>
  HUES[Array.from(id).reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 9973, 7) % HUES.length] ?? 210

/** The letter that stands for a person, on a colour that is always the same. */
export const Face = ({ user }: { user: User }) => (
  <span class="face" style={{ '--hue': hueOf(user.userId) }} aria-hidden="true">
    {initialOf(user.name)}
  </span>
)
