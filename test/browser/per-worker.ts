/**
 * A fixture that all tests of a worker share.
 * @param open makes it; closed when the worker ends
 * @param timeout milliseconds that opening it may take
 */
export function perWorker<Thing extends { close(): Promise<unknown> }>(
  open: () => Promise<Thing>,
  timeout: number,
) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  const fixture = async ({}: object, use: (thing: Thing) => Promise<void>) => {
    const thing = await open()
    await use(thing)
    await thing.close()
  }
  return [fixture, { scope: 'worker', timeout }] satisfies [
    typeof fixture,
    { scope: 'worker'; timeout: number },
  ]
}
