import fc from 'fast-check'
import { runsOr, SEED } from '#test/support/chance.ts'

/** Each property is tried for so long at most, in milliseconds: less than a test may take. */
const LONGEST = 12_000

/** fast-check in `npm run test:fuzz`: every property is tried as often as was asked for. */
const assert = new Proxy(fc.assert, {
  apply: (real, self, [property, parameters]) =>
    Reflect.apply(real, self, [
      property,
      {
        ...parameters,
        // Also where the suite has a seed of its own.
        seed: SEED,
        numRuns: Math.max(parameters?.numRuns ?? 100, runsOr(0)),
        interruptAfterTimeLimit: LONGEST,
      },
    ]),
})

export default { ...fc, assert }
