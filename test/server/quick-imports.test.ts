import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const QUICK = "await import('#server/quick-imports.ts')"

/** Addresses of all modules of drizzle-orm that a new process loads, in the order of their loading. */
function loadedBy(before: string): readonly string[] {
  const program = `
    import { registerHooks } from 'node:module'
    registerHooks({
      load(url, context, next) {
        if (url.includes('/drizzle-orm/')) console.log(url)
        return next(url, context)
      },
    })
    ${before}
    for (const part of ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/node-postgres']) await import(part)
  `
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  return said.trim().split('\n').sort()
}

test('the short way to a module of drizzle-orm leads where Node itself would go', () => {
  const asUsual = loadedBy('')
  expect(asUsual.length).toBeGreaterThan(50)
  expect(loadedBy(QUICK)).toEqual(asUsual)
})
