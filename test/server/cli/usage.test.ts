import { access, chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { spawnCli } from '#test/support/cli.ts'
import { answerOf, makeNewsroom, temporaryFolder } from './desk.ts'

// Each call is a process of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 })

describe('what is not understood', () => {
  it.each([
    [[]],
    [['brouillon']],
    [['draft']],
    [['draft', 'destroy']],
    [['draft', 'list', '--all']],
    [['draft', 'list', 'extra']],
    [['draft', 'list', '--archived=oui']],
    [['draft', 'list', '--search']],
    [['draft', 'import']],
    [['draft', 'import', 'x', '--title']],
    [['draft', 'export', 'x', '--format', 'pdf']],
    [['volunteer', 'add', '--email', 'a@b.c']],
    [['volunteer', 'add', '--email', 'a@b.c', '--name', 'A', '--role', 'boss', '--password-stdin']],
    [['volunteer', 'add', '--email', 'a@b.c', '--name', 'A', '--role', 'reader']],
  ])('%j ends with 2, shows how it is used, and touches nothing', async (args) => {
    const dataFolder = join(await temporaryFolder(), 'absent')
    const { code, stdout, stderr } = await spawnCli([...args, '--json'], { dataFolder, env: { LC_ALL: 'C' } })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toEqual({ error: expect.any(String) })
    expect(stderr).toContain('Utilisation\u00a0: npm run --silent pupitre -- ')
    expect(stderr).not.toMatch(/\n\s+at /)
    await expect(access(dataFolder)).rejects.toThrow()
  })

  it('says nothing on standard output for people', async () => {
    const wrong = await spawnCli(['brouillon'], { dataFolder: await temporaryFolder() })
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('help', () => {
  it('is shown when asked for, in French or in English', async () => {
    const dataFolder = await temporaryFolder()
    const french = await spawnCli(['--help'], { dataFolder, env: { LC_ALL: '', LANG: 'C' } })
    expect(french.code).toBe(0)
    expect(french.stdout).toContain('Vérifie la configuration')
    const english = await spawnCli(['doctor', '-h'], { dataFolder, env: { LC_ALL: 'en_CA.UTF-8' } })
    expect(english.stdout).toMatch(/^Usage.*doctor \[--live\] .*\[--json\]\n\nChecks configuration/)
  })
})

describe('what keeps a command from its work', () => {
  it('is a sentence, never a stack trace', async () => {
    const { run } = await makeNewsroom()
    const wrong = await run(['draft', 'list', '--json'], '', { PORT: 'beaucoup' })
    expect(wrong.code).toBe(1)
    expect(answerOf(wrong)).toEqual({ error: expect.stringContaining('PORT') })
    expect(wrong.stderr).not.toMatch(/\n\s+at /)
  })
})

type Findings = {
  ok: boolean
  findings: { check: string; level: string; message: string; advice: string | null }[]
}

describe('pupitre doctor', () => {
  it('finds a healthy newsroom healthy, and a silent server worth a warning', async () => {
    const { run } = await makeNewsroom()
    const healthy = await run(['doctor', '--json'])
    const { ok, findings } = answerOf<Findings>(healthy)
    expect([ok, healthy.code]).toEqual([true, 0])
    const levels = Object.fromEntries(findings.map(({ check, level }) => [check, level]))
    expect(levels).toEqual({
      node: 'ok',
      settings: 'ok',
      folder: 'ok',
      space: expect.stringMatching(/ok|warning/),
      secret: 'ok',
      database: 'ok',
      tables: 'ok',
      durability: expect.any(String),
      french: 'ok',
      server: 'warning',
    })
    for (const { level, advice } of findings) expect(advice === null).toBe(level === 'ok')
  })

  it('names a secret that others can read, and a database that does not answer', async () => {
    const { dataFolder, run } = await makeNewsroom()
    await writeFile(join(dataFolder, 'secret'), 'x'.repeat(64))
    await chmod(join(dataFolder, 'secret'), 0o644)
    const sick = await run(['doctor', '--json'], '', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })
    const { ok, findings } = answerOf<Findings>(sick)
    expect([ok, sick.code]).toEqual([false, 1])
    const problems = findings.filter(({ level }) => level === 'problem')
    expect(problems.map(({ check }) => check)).toEqual(['secret', 'database'])
    expect(problems[0]?.advice).toContain(`chmod 600 ${join(dataFolder, 'secret')}`)
    expect(JSON.stringify(problems)).not.toContain('a:b')
  })

  it('creates nothing where there is nothing yet', async () => {
    const folder = join(await temporaryFolder(), 'absent')
    const early = await spawnCli(['doctor', '--json'], {
      dataFolder: folder,
      env: { PORT: '1', DATABASE_URL: '' },
    })
    expect(early.code).toBe(0)
    await expect(access(folder)).rejects.toThrow()
  })

  it('names every setting that is wrong', async () => {
    const { run } = await makeNewsroom()
    const { findings } = answerOf<Findings>(
      await run(['doctor', '--json'], '', { PORT: 'x', PUPITRE_URL: 'y' }),
    )
    expect(findings.filter(({ level }) => level === 'problem').map(({ message }) => message)).toEqual([
      expect.stringContaining('PORT'),
      expect.stringContaining('PUPITRE_URL'),
    ])
  })
})
