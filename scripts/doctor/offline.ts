import { checkAllowList } from './checks/allow-list'
import { checkChat } from './checks/chat'
import { consoleToCheck } from './checks/console'
import { databaseToMake } from './checks/database'
import { checkDomains } from './checks/domains'
import { checkFunctions, functionsToSet } from './checks/functions'
import { checkProject } from './checks/project'
import { checkRhythms } from './checks/rhythms'
import { checkSecrets } from './checks/secrets'
import { checkUnknown, checkVariables } from './checks/variables'
import { checkOrigins } from './checks/web'
import type { Finding } from './finding'
import type { Subject } from './subject'

const CHECKS: readonly ((subject: Subject) => Finding[])[] = [
  checkVariables,
  checkUnknown,
  checkSecrets,
  checkDomains,
  checkRhythms,
  checkChat,
  checkOrigins,
  checkProject,
  checkFunctions,
  functionsToSet,
  databaseToMake,
  consoleToCheck,
  checkAllowList,
]

/** Everything that can be said without asking anybody. */
export const examine = (subject: Subject): Finding[] => CHECKS.flatMap((check) => check(subject))
