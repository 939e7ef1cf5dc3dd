/**
 * Stands in the browser for the 22 kB copy of Node’s `Buffer` that Next puts wherever the word is written:
 * lib0 writes it in branches that only Node takes (next.config.mjs).
 */
export const Buffer = undefined
