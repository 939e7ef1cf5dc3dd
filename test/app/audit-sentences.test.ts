import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { MESSAGES } from '#app/_i18n/messages.ts'
import { DECISION_ACTIONS, type DecisionAction } from '#lib/domain/audit/decision.ts'
import { LOCALES, type Locale } from '#lib/domain/permissions.ts'

const VALUES = {
  by: () => 'Maude',
  about: () => 'Bo',
  draft: () => '«Budget»',
  cause: 'text',
  stage: 'En révision',
  role: 'Édition',
  way: '',
  what: 'slot',
  day: '3 novembre 2026',
  title: 'Débat',
  onDraft: 'yes',
  added: 1,
  updated: 0,
  moment: '3 novembre 2026 à 04 h 30',
}

function sentence(locale: Locale, action: DecisionAction, more: Partial<typeof VALUES> = {}): string {
  const t = createTranslator({
    locale,
    messages: MESSAGES[locale],
    namespace: 'audit',
    onError: (error) => {
      throw error
    },
  })
  return t.markup(`said.${action}`, { ...VALUES, ...more })
}

test('every decision is a sentence in both languages, without anything left to fill in', () => {
  for (const locale of LOCALES) {
    for (const action of DECISION_ACTIONS) expect(sentence(locale, action), action).toMatch(/^[^{}<>]{10,}$/)
  }
})

test.each<[DecisionAction, Partial<typeof VALUES>, string]>([
  ['review.approved', {}, 'Maude a approuvé «Budget»'],
  ['review.voided', {}, 'Maude a modifié «Budget», qui n’est plus approuvé'],
  [
    'review.voided',
    { cause: 'other' },
    '«Budget» n’est plus approuvé\u00a0: les règles ou l’équipe ont changé',
  ],
  ['volunteer.joined', {}, 'Bo a rejoint l’équipe, avec le rôle «\u00a0Édition\u00a0»'],
  [
    'volunteer.joined',
    { way: 'operator' },
    'Maude a ajouté Bo à l’équipe, avec le rôle «\u00a0Édition\u00a0»',
  ],
  [
    'volunteer.joined',
    { way: 'setUp' },
    'Bo a fondé la salle de rédaction, avec le rôle «\u00a0Édition\u00a0»',
  ],
  ['comment.deleted', { onDraft: 'no' }, 'Maude a supprimé un commentaire de Bo'],
  ['comment.deleted', {}, 'Maude a supprimé un commentaire de Bo sur «Budget»'],
  ['calendar.locked', { what: 'day' }, 'Maude a verrouillé la journée du 3 novembre 2026'],
  ['newsroom.restored', {}, 'Maude a remis en place la sauvegarde du 3 novembre 2026 à 04 h 30'],
  ['calendar.imported', {}, 'Maude a importé un calendrier\u00a0: 1 ajout, aucun changement'],
])('%s with %j says what happened', (action, more, said) => {
  expect(sentence('fr', action, more)).toBe(said)
})
