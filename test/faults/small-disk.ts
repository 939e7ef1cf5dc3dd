import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type SmallDisk = {
  readonly path: string
  /** Leaves no byte free. */
  fill(): void
  free(): void
  remove(): void
}

/** A small file system of its own. @throws a sentence where nobody lets us mount one */
export function smallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync('/tmp/pupitre-disk-')
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'pupitre-test', path], {
    encoding: 'utf8',
  })
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true })
    throw new Error(
      `The test of a full disk mounts a small tmpfs, which only root may, and not in every container: ${mounted.stderr?.trim()}`,
    )
  }
  chmodSync(path, 0o755)
  const ballast = join(path, 'ballast')
  return {
    path,
    fill: () => {
      const file = openSync(ballast, 'a')
      const block = Buffer.alloc(4096, 1)
      try {
        while (statfsSync(path).bavail > 0) writeSync(file, block)
      } catch {
        // No space left on device: that is what was wanted.
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      spawnSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}
