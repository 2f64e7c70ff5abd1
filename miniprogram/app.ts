import { config } from './config'
import { installLiveKit } from './wiring/install-live-kit'

installLiveKit(config)

App({})
