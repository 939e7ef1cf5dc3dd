import { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { randomFrom } from '#test/fuzz/random.ts'
import { SEED } from './chance.ts'

/**
 * Set up before each file of tests: an old commit must not turn red one day because other numbers were drawn.
 * Yjs draws a client id for every document, and the higher one wins where two wrote the same; these too come
 * from the seed. They are the only random numbers that are asked for one at a time.
 */

fc.configureGlobal({ seed: SEED })

const random = randomFrom(SEED)
const strong = webcrypto.getRandomValues.bind(webcrypto)

Object.defineProperty(webcrypto, 'getRandomValues', {
  configurable: true,
  value: (numbers: Parameters<typeof strong>[0]) => {
    if (!(numbers instanceof Uint32Array) || numbers.length !== 1) return strong(numbers)
    numbers[0] = random.below(2 ** 32)
    return numbers
  },
})
