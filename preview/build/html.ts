const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const head = (title: string, build: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta name="preview-build" content="${build}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
`

/** The frame of one phone. */
export const phoneHtml = (build: string) => `${head('phone', build)}<link rel="stylesheet" href="/preview/phone.css">
<link rel="stylesheet" href="/preview/app.css">
<script type="module" src="/preview/app.js"></script>
</head>
<body></body>
</html>
`

/** A phone in a window of its own waits for a better build; one inside the shell is reloaded by it. */
const WAIT = `
const own = document.querySelector('meta[name=preview-build]').content
if (window.top === window) {
  new EventSource('/preview/events').addEventListener('message', (e) => {
    if (JSON.parse(e.data).build !== own) location.reload()
  })
}`

/** Takes the place of a phone when the build has failed: every problem, readable. */
export const problemsHtml = (build: string, problems: readonly string[]) => `${head('Build failed', build)}<style>
body{margin:0;padding:24px;background:#1d0f12;color:#ffd9d9;font:14px/1.6 ui-monospace,Menlo,Consolas,monospace}
h1{margin:0 0 16px;font:600 18px/1.4 system-ui,sans-serif;color:#ff7b7b}
li{margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
</style>
<script type="module">${WAIT}</script>
</head>
<body id="build-problems"><h1>构建失败 Build failed (${problems.length})</h1>
<ol>${problems.map((problem) => `<li>${escapeHtml(problem)}</li>`).join('')}</ol></body>
</html>
`
