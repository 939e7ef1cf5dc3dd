import { describe, expect, test } from 'vitest'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { can, isLocale, isRole, ROLES } from '#lib/domain/permissions.ts'

const me = '00000000-0000-4000-8000-000000000001' as VolunteerId
const other = '00000000-0000-4000-8000-000000000002' as VolunteerId

/** What each action allows, written a second time on purpose, by hand: C E T R as in ROLES. */
const EXPECTED = [
  ['draft.create', 'C E T -', (role) => can({ volunteerId: me, role }, 'draft.create', null)],
  ['draft.read', 'C E T R', (role) => can({ volunteerId: me, role }, 'draft.read', null)],
  ['edit a draft', 'C E T -', (role) => can({ volunteerId: me, role }, 'draft.edit', { archived: false })],
  [
    'edit an archived draft',
    '- - - -',
    (role) => can({ volunteerId: me, role }, 'draft.edit', { archived: true }),
  ],
  [
    'archive one’s own draft',
    'C E T -',
    (role) => can({ volunteerId: me, role }, 'draft.archive', { createdBy: me }),
  ],
  [
    'archive another’s draft',
    'C E - -',
    (role) => can({ volunteerId: me, role }, 'draft.archive', { createdBy: other }),
  ],
  [
    'archive nobody’s draft',
    'C E - -',
    (role) => can({ volunteerId: me, role }, 'draft.archive', { createdBy: null }),
  ],
  ['team.read', 'C E T R', (role) => can({ volunteerId: me, role }, 'team.read', null)],
  ['team.invite', 'C - - -', (role) => can({ volunteerId: me, role }, 'team.invite', null)],
  [
    'manage another',
    'C - - -',
    (role) => can({ volunteerId: me, role }, 'volunteer.manage', { volunteerId: other }),
  ],
  [
    'manage oneself',
    '- - - -',
    (role) => can({ volunteerId: me, role }, 'volunteer.manage', { volunteerId: me }),
  ],
  ['newsroom.configure', 'C - - -', (role) => can({ volunteerId: me, role }, 'newsroom.configure', null)],
] as const satisfies readonly [string, string, (role: (typeof ROLES)[number]) => boolean][]

const LETTERS = { coordinator: 'C', editor: 'E', contributor: 'T', reader: 'R' } as const

describe('the table of permissions', () => {
  test.each(EXPECTED)('%s: %s', (_action, expected, allows) => {
    const found = ROLES.map((role) => (allows(role) ? LETTERS[role] : '-')).join(' ')
    expect(found).toBe(expected)
  })

  test('a reader may nothing that changes anything', () => {
    const reader = { volunteerId: me, role: 'reader' } as const
    expect([
      can(reader, 'draft.create', null),
      can(reader, 'draft.edit', { archived: false }),
      can(reader, 'draft.archive', { createdBy: me }),
      can(reader, 'team.invite', null),
      can(reader, 'volunteer.manage', { volunteerId: other }),
      can(reader, 'newsroom.configure', null),
    ]).not.toContain(true)
  })

  test('only the words of the table are roles and locales', () => {
    expect(['coordinator', 'reader', 'admin', 'Reader', ''].map(isRole)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(['fr', 'en', 'de', 'FR'].map(isLocale)).toEqual([true, true, false, false])
  })
})
