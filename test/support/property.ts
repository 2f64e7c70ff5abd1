import fc from 'fast-check'

/**
 * fast-check for all properties of this project. A run must not depend on luck, so the seed is the same every time;
 * `PROPERTY_SEED=random npm test` looks where nobody has looked yet, and a number repeats what it found.
 */
const { PROPERTY_SEED = '20261121' } = process.env
fc.configureGlobal(PROPERTY_SEED === 'random' ? {} : { seed: Number(PROPERTY_SEED) })

export default fc
