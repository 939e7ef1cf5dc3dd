import { registerHooks } from 'node:module'

/**
 * Half the time in which the server and each command start was Node reading one file again and again: to place
 * an import it asks the package’s `package.json`, and that of drizzle-orm lists all its entries in 180 kB, for
 * some 400 imports. All of them are relative and name a file that is there, so its place is known without asking.
 */
const INSIDE = /\/node_modules\/drizzle-orm\/.+\.js$/

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context
    const known = parentURL !== undefined && /^\.\.?\/.+\.js$/.test(specifier) && INSIDE.test(parentURL)
    if (!known) return next(specifier, context)
    return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
  },
})
