/**
 * Lengths of WXSS in a browser: 750rpx are as wide as the phone and 100vh as high as the page under its navigation
 * bar, which is a size container; so both become container units.
 */
export function convertUnits(css: string): string {
  return css
    .replace(/(-?\d*\.?\d+)rpx\b/g, (_, n: string) => `${Number(((Number(n) * 100) / 750).toFixed(5))}cqw`)
    .replace(/(?<![\w.-])(-?\d*\.?\d+)vh\b/g, '$1cqh')
    .replace(/(?<![\w.-])(-?\d*\.?\d+)vw\b/g, '$1cqw')
    .replace(/(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\s*(?:,[^)]*)?\)/g, 'var(--safe-area-$1)')
}
