import { access, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { whatIsInTheWay, writeWhole } from '#server/backup/file.ts'

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pupitre-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const never = new AbortController().signal

async function* bytes(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

it('a backup is there whole, for its owner alone, under its own name only', async () => {
  const folder = await scratch()
  const path = join(folder, 'a.backup')
  expect(await writeWhole(path, bytes('un', 'deux'), never)).toBe(6)
  expect(await readFile(path, 'utf8')).toBe('undeux')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['a.backup'])
})

it('a backup that fails or is interrupted leaves nothing, and the one before it as it was', async () => {
  const folder = await scratch()
  const path = join(folder, 'a.backup')
  await writeWhole(path, bytes('avant'), never)
  async function* broken() {
    yield Buffer.from('après')
    throw new Error('no more')
  }
  await expect(writeWhole(path, broken(), never)).rejects.toThrow('no more')
  const interruption = new AbortController()
  async function* interrupted() {
    yield Buffer.from('après')
    interruption.abort()
    yield Buffer.from('encore')
  }
  await expect(writeWhole(path, interrupted(), interruption.signal)).rejects.toThrow('aborted')
  expect(await readdir(folder)).toEqual(['a.backup'])
  expect(await readFile(path, 'utf8')).toBe('avant')
})

it('a link is replaced, never written through, be it the file or what a killed backup left', async () => {
  const folder = await scratch()
  const [victim, path] = [join(folder, 'victim'), join(folder, 'a.backup')]
  await writeFile(victim, 'à moi')
  await symlink(victim, path)
  await symlink(victim, `${path}.partial`)
  expect(await whatIsInTheWay(path, false)).toBe('exists')
  expect(await whatIsInTheWay(path, true)).toBeNull()
  await writeWhole(path, bytes('la sauvegarde'), never)
  expect(await readFile(victim, 'utf8')).toBe('à moi')
  expect((await lstat(path)).isSymbolicLink()).toBe(false)
  expect((await readdir(folder)).sort()).toEqual(['a.backup', 'victim'])
})

it('of two backups into one file at once, the first to begin gives up rather than end the other’s', async () => {
  const folder = await scratch()
  const path = join(folder, 'a.backup')
  const gate = Promise.withResolvers<void>()
  async function* slow() {
    yield Buffer.from('lent')
    await gate.promise
  }
  const first = writeWhole(path, slow(), never)
  while (
    !(await access(`${path}.partial`).then(
      () => true,
      () => false,
    ))
  );
  async function* second() {
    yield Buffer.from('rapide')
    gate.resolve()
    await first.catch(() => {})
    yield Buffer.from(' et entier')
  }
  const other = writeWhole(path, second(), never)
  await expect(first).rejects.toThrow('replaced by another process')
  await other
  expect(await readFile(path, 'utf8')).toBe('rapide et entier')
  expect(await readdir(folder)).toEqual(['a.backup'])
})

it('a folder, a device, a missing folder and an existing file are told apart', async () => {
  const folder = await scratch()
  await writeFile(join(folder, 'there'), '')
  expect(await whatIsInTheWay(folder, true)).toBe('folder')
  expect(await whatIsInTheWay('/dev/null', true)).toBe('special')
  expect(await whatIsInTheWay(join(folder, 'absent', 'a'), false)).toBe('noFolder')
  expect(await whatIsInTheWay(join(folder, 'there', 'a'), false)).toBe('noFolder')
  expect(await whatIsInTheWay(join(folder, 'there'), false)).toBe('exists')
  expect(await whatIsInTheWay(join(folder, 'new'), false)).toBeNull()
})
