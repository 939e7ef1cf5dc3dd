import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ROLES } from '#lib/domain/permissions.ts'
import { REVIEW_MODES } from '#lib/domain/review/settings.ts'
import { type Deed, type Letter, PEOPLE, World } from './world.ts'

const NEEDED = { none: 0, one: 1, two: 2, coordinator: 1 } as const

type Given = World['given'][number]
const judges = (role: string | null | undefined) => role === 'editor' || role === 'coordinator'

/**
 * Who has approved a text with this word in it, and may speak for it: trusted today, or trusted when they did and the
 * word went out afterwards. Told from what happened, not from what the domain keeps.
 */
function approversOf(world: World, word: number): ReadonlySet<Letter> {
  const saw = (given: Given) => given.words.some((one) => one.word === word)
  const isOut = (given: Given) =>
    world.out.some(({ words, at }) => at > given.at && words.some((one) => one.word === word))
  const fits = (role: string | null | undefined) =>
    world.mode === 'coordinator' ? role === 'coordinator' : judges(role)
  const speaks = (given: Given) => fits(world.roles.get(given.by)) || (isOut(given) && fits(given.roleThen))
  const approvals = world.given.filter((given) => given.kind === 'approve' && !given.withdrawn)
  return new Set(approvals.filter((given) => saw(given) && speaks(given)).map((given) => given.by))
}

const handsOn = (world: World, history: ReadonlyMap<number, ReadonlySet<Letter>>, word: number) =>
  world.hasRecurred
    ? (history.get(word) ?? new Set<Letter>())
    : new Set(world.words.filter((one) => one.word === word).map((one) => one.by))

function isEmergency(world: World): boolean {
  const here = world.given.filter(({ hash, withdrawn }) => hash === world.hash && !withdrawn)
  return here.some(({ kind, by }) => kind === 'override' && world.roles.get(by) === 'coordinator')
}

/** Why this text may not count as approved; null: nothing speaks against it. */
function objection(world: World, history: ReadonlyMap<number, ReadonlySet<Letter>>): string | null {
  const here = world.given.filter(({ hash, withdrawn }) => hash === world.hash && !withdrawn)
  const last = (kind: string, fits: (role: string | null | undefined) => boolean) =>
    Math.max(
      0,
      ...here.filter((one) => one.kind === kind && fits(world.roles.get(one.by))).map(({ at }) => at),
    )
  const emergency = last('override', (role) => role === 'coordinator')
  if (last('changes', judges) > emergency) return 'somebody wants this text changed'
  if (emergency > 0) return null
  const needed = NEEDED[world.mode]
  const fits = (role: string | null | undefined) =>
    world.mode === 'coordinator' ? role === 'coordinator' : judges(role)
  const approvers = new Set(
    here.filter(({ kind, by }) => kind === 'approve' && fits(world.roles.get(by))).map(({ by }) => by),
  )
  if (approvers.size < needed) return `${approvers.size} approved exactly this, ${needed} have to`
  for (const { word } of world.words) {
    const others = approversOf(world, word)
    const enough = [...handsOn(world, history, word)].some(
      (hand) => [...others].filter((one) => one !== hand).length >= needed,
    )
    if (!enough) return `word ${word} was approved by nobody but whoever wrote it`
  }
  return null
}

const letter = fc.constantFrom(...PEOPLE)
const place = fc.nat({ max: 6 })
const deeds: fc.Arbitrary<Deed>[] = [
  fc.record({ type: fc.constantFrom('write' as const, 'cut' as const, 'undo' as const), by: letter, place }),
  fc.record({ type: fc.constantFrom('approve' as const, 'ask' as const), by: letter }),
  fc.record({ type: fc.constantFrom('publish' as const, 'schedule' as const), by: letter }),
  fc.record({
    type: fc.constantFrom(
      'start' as const,
      'shelve' as const,
      'withdraw' as const,
      'requestChanges' as const,
      'override' as const,
      'unschedule' as const,
    ),
    by: letter,
  }),
  fc.record({ type: fc.constant('takeBack' as const), by: letter, place }),
  fc.record({
    type: fc.constant('role' as const),
    by: letter,
    role: fc.constantFrom(null, ...ROLES, 'editor' as const, 'coordinator' as const),
  }),
  fc.record({ type: fc.constant('mode' as const), mode: fc.constantFrom(...REVIEW_MODES) }),
  fc.record({ type: fc.constantFrom('archive' as const, 'restore' as const) }),
]
const weights = [6, 9, 4, 2, 1, 1, 1, 1]
const deed = fc.oneof(...deeds.map((arbitrary, at) => ({ arbitrary, weight: weights[at] ?? 1 })))

/** What people do in a row when they mean to get something out: so lives get far enough to go wrong. */
const effort = fc
  .tuple(letter, letter, letter, place, fc.nat({ max: 3 }))
  .map(([one, two, three, place, kind]): readonly Deed[] => {
    const written: Deed = { type: 'write', by: one, place }
    const asked: Deed = { type: 'ask', by: one }
    const out: Deed = { type: 'publish', by: three }
    if (kind === 0) return [written, { type: 'start', by: one }, { type: 'override', by: two }, out]
    if (kind === 1) return [written, asked, { type: 'approve', by: two }]
    if (kind === 2) return [asked, { type: 'approve', by: two }, { type: 'approve', by: three }, out]
    return [
      { type: 'approve', by: two },
      { type: 'takeBack', by: two, place },
      { type: 'approve', by: three },
    ]
  })

const lives = fc
  .array(fc.oneof({ arbitrary: deed.map((one) => [one]), weight: 2 }, { arbitrary: effort, weight: 1 }), {
    maxLength: 40,
    size: 'max',
  })
  .map((parts) => parts.flat())

const world = fc
  .record({
    mode: fc.constantFrom(...REVIEW_MODES),
    roles: fc.array(
      fc.constantFrom('editor' as const, 'editor' as const, 'coordinator' as const, 'contributor' as const),
      {
        minLength: PEOPLE.length,
        maxLength: PEOPLE.length,
      },
    ),
  })
  .map(
    ({ mode, roles }) =>
      () =>
        new World(mode, roles),
  )

function live(make: () => World, life: readonly Deed[], seen: Map<string, number>): void {
  const world = make()
  const history = new Map<number, Set<Letter>>()
  for (const deed of life) {
    const before = world.stage
    const isDone = world.perform(deed)
    for (const { word, by } of world.words) history.set(word, (history.get(word) ?? new Set()).add(by))
    if (world.isArchived) continue
    const hasGoneOut = isDone && deed.type === 'publish'
    const isHeld = world.stage === 'approved' || world.stage === 'scheduled'
    if (world.stage === 'published' && before !== 'published') expect(deed.type).toBe('publish')
    if (!hasGoneOut && !isHeld) continue
    const what = hasGoneOut ? 'published' : world.stage
    const how = isEmergency(world) ? 'in an emergency' : world.mode
    seen.set(`${what} ${how}`, (seen.get(`${what} ${how}`) ?? 0) + 1)
    expect(`${what}: ${objection(world, history) ?? 'rightly'}`).toBe(`${what}: rightly`)
  }
}

test('no sequence leads to approved, scheduled or published but over the approvals of exactly that text', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(world, lives, (make, life) => live(make, life, seen)),
    { numRuns: 4000 },
  )
  // The lives are worth something only if they lead there, by every way there is.
  const ways = [...REVIEW_MODES, 'in an emergency'].map((how) => `published ${how}`)
  for (const way of ways) expect(seen.get(way) ?? 0, way).toBeGreaterThan(20)
}, 60_000)
