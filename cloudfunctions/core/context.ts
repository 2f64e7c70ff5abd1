import type { Notices } from './notices'
import type { Deps } from './ports'
import type { Reactions } from './reactions'
import type { Tidy } from './tidy'

/** What every part of the rules is given. `reactions` is complete only once the service is: call it late. */
export interface Context {
  deps: Deps
  notices: Notices
  tidy: Tidy
  reactions: Reactions
}
