/** `npm run build`: what DevTools needs before it can open the project. */
import { buildDesk } from '../desk/build/build'
import { buildFunctions } from './build-functions'
import { buildNpm } from './build-npm'

async function main(): Promise<void> {
  const [functions] = await Promise.all([
    buildFunctions({ outDir: 'dist/cloudfunctions' }),
    buildNpm(),
    buildDesk('dist/desk'),
  ])
  console.error(`cloud functions in dist/cloudfunctions: ${functions.join(', ')}`)
  console.error('the desk in dist/desk: put it where your operators and agents reach it')
  console.error(
    'packages in miniprogram/miniprogram_npm and miniprogram/chat-sdk/miniprogram_npm; now open this folder in WeChat DevTools',
  )
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
