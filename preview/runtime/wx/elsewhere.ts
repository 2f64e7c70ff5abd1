/**
 * What `wx` has in mini games and in apps only. Libraries look for these names to learn where they run, so asking for them
 * is no defect; there is nothing behind them.
 */
export const elsewhere = () => ({ createGamePortal: undefined, miniapp: undefined })
