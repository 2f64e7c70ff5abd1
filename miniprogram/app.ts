import { config } from './config'
import { installLiveKit } from './wiring/install-live-kit'

// The path is a literal because WeChat reads it when it packs.
installLiveKit({ ...config, chatSdk: () => require.async('./chat-sdk/index.js') })

App({})
