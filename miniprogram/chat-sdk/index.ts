/** Tencent's chat SDK. Reached by `require.async` only, so that the main package does without it. */
module.exports = require('@tencentcloud/lite-chat')
