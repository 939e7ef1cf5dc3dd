import { describe, expect, test } from 'vitest'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { can, isLocale, isRole, ROLES } from '#lib/domain/permissions.ts'

const me = '00000000-0000-4000-8000-000000000001' as VolunteerId
const other = '00000000-0000-4000-8000-000000000002' as VolunteerId

/** What each action allows, written a second time on purpose, by hand: C E T R as in ROLES. */
const EXPECTED = [
  ['draft.create', 'C E T - -', (role) => can({ volunteerId: me, role }, 'draft.create', null)],
  ['draft.read', 'C E T M R', (role) => can({ volunteerId: me, role }, 'draft.read', null)],
  ['edit a draft', 'C E T - -', (role) => can({ volunteerId: me, role }, 'draft.edit', { archived: false })],
  [
    'edit an archived draft',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'draft.edit', { archived: true }),
  ],
  [
    'archive one’s own draft',
    'C E T - -',
    (role) => can({ volunteerId: me, role }, 'draft.archive', { createdBy: me }),
  ],
  [
    'archive another’s draft',
    'C E - - -',
    (role) => can({ volunteerId: me, role }, 'draft.archive', { createdBy: other }),
  ],
  [
    'archive nobody’s draft',
    'C E - - -',
    (role) => can({ volunteerId: me, role }, 'draft.archive', { createdBy: null }),
  ],
  ['team.read', 'C E T M R', (role) => can({ volunteerId: me, role }, 'team.read', null)],
  ['team.invite', 'C - - - -', (role) => can({ volunteerId: me, role }, 'team.invite', null)],
  [
    'manage another',
    'C - - - -',
    (role) => can({ volunteerId: me, role }, 'volunteer.manage', { volunteerId: other }),
  ],
  [
    'manage oneself',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'volunteer.manage', { volunteerId: me }),
  ],
  ['thread.read', 'C E T M R', (role) => can({ volunteerId: me, role }, 'thread.read', null)],
  [
    'thread.comment',
    'C E T M -',
    (role) => can({ volunteerId: me, role }, 'thread.comment', { archived: false }),
  ],
  [
    'comment on what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'thread.comment', { archived: true }),
  ],
  [
    'resolve another’s thread',
    'C E T - -',
    (role) => can({ volunteerId: me, role }, 'thread.resolve', { archived: false, createdBy: other }),
  ],
  [
    'resolve one’s own thread',
    'C E T M -',
    (role) => can({ volunteerId: me, role }, 'thread.resolve', { archived: false, createdBy: me }),
  ],
  [
    'resolve a thread of what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'thread.resolve', { archived: true, createdBy: me }),
  ],
  [
    'edit one’s own comment',
    'C E T M -',
    (role) => can({ volunteerId: me, role }, 'comment.edit', { archived: false, author: me }),
  ],
  [
    'edit another’s comment',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'comment.edit', { archived: false, author: other }),
  ],
  [
    'edit a comment on what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'comment.edit', { archived: true, author: me }),
  ],
  [
    'delete one’s own comment',
    'C E T M -',
    (role) => can({ volunteerId: me, role }, 'comment.delete', { archived: false, author: me }),
  ],
  [
    'delete another’s comment',
    'C - - - -',
    (role) => can({ volunteerId: me, role }, 'comment.delete', { archived: false, author: other }),
  ],
  [
    'delete a comment on what is archived',
    'C - - - -',
    (role) => can({ volunteerId: me, role }, 'comment.delete', { archived: true, author: me }),
  ],
  ['review.read', 'C E T M R', (role) => can({ volunteerId: me, role }, 'review.read', null)],
  ['review.ask', 'C E T - -', (role) => can({ volunteerId: me, role }, 'review.ask', { archived: false })],
  [
    'ask for a review of what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'review.ask', { archived: true }),
  ],
  [
    'review.judge',
    'C E - - -',
    (role) => can({ volunteerId: me, role }, 'review.judge', { archived: false }),
  ],
  [
    'judge what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'review.judge', { archived: true }),
  ],
  [
    'review.override',
    'C - - - -',
    (role) => can({ volunteerId: me, role }, 'review.override', { archived: false }),
  ],
  [
    'override on what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'review.override', { archived: true }),
  ],
  [
    'review.release',
    'C E - - -',
    (role) => can({ volunteerId: me, role }, 'review.release', { archived: false }),
  ],
  [
    'release what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'review.release', { archived: true }),
  ],
  ['history.read', 'C E T M R', (role) => can({ volunteerId: me, role }, 'history.read', null)],
  [
    'history.name',
    'C E T - -',
    (role) => can({ volunteerId: me, role }, 'history.name', { archived: false }),
  ],
  [
    'name a revision of what is archived',
    '- - - - -',
    (role) => can({ volunteerId: me, role }, 'history.name', { archived: true }),
  ],
  ['audit.read', 'C - - - -', (role) => can({ volunteerId: me, role }, 'audit.read', null)],
  ['newsroom.configure', 'C - - - -', (role) => can({ volunteerId: me, role }, 'newsroom.configure', null)],
] as const satisfies readonly [string, string, (role: (typeof ROLES)[number]) => boolean][]

const LETTERS = { coordinator: 'C', editor: 'E', contributor: 'T', commenter: 'M', reader: 'R' } as const

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
