import type { FieldProblem } from '#lib/domain/accounts/fields.ts'
import type { Locale, Role } from '#lib/domain/permissions.ts'
import type { ImportProblem } from '#server/drafts/formats/import.ts'
import type { ManageRefusal } from '#server/volunteers/types.ts'
import { type BackupWords, backupEn, backupFr } from './backup-words.ts'
import { type CalendarWords, calendarEn, calendarFr } from './calendar-words.ts'
import { type DoctorWords, doctorEn, doctorFr } from './doctor-words.ts'
import { type LiveWords, liveEn, liveFr } from './live/live-words.ts'

const french = new Intl.DateTimeFormat('fr-CA', { dateStyle: 'short', timeStyle: 'short' })
const english = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeStyle: 'short' })

/** As commands are typed. */
export type CommandName =
  | `volunteer ${'add' | 'list' | 'suspend' | 'reinstate'}`
  | `draft ${'import' | 'export' | 'list'}`
  | `calendar ${'import' | 'export' | 'feed'}`
  | 'audit'
  | 'backup'
  | 'restore'
  | 'doctor'

/** Everything the command line says, in one language. */
export type Words = {
  readonly usage: string
  readonly command: string
  readonly jsonHint: string
  readonly about: Readonly<Record<CommandName, string>>
  readonly unknownCommand: (typed: string) => string
  readonly unknownOption: (option: string) => string
  readonly unknownOperand: (operand: string) => string
  readonly missingOperand: (operands: string) => string
  readonly missingOption: (option: string) => string
  readonly needsValue: (option: string) => string
  readonly takesNoValue: (option: string) => string
  readonly notOneOf: (option: string, allowed: readonly string[]) => string
  readonly unexpected: (message: string) => string
  readonly interrupted: string
  readonly passwordNeeded: string
  readonly passwordAsked: string
  readonly fields: Readonly<Record<FieldProblem, string>>
  readonly added: (email: string) => string
  readonly suspended: (email: string) => string
  readonly reinstated: (email: string) => string
  readonly noVolunteer: (typed: string) => string
  readonly refusals: Readonly<Record<ManageRefusal, string>>
  readonly roles: Readonly<Record<Role, string>>
  readonly isSuspended: string
  readonly noVolunteers: string
  readonly noDraft: (typed: string) => string
  readonly noDrafts: string
  readonly noDecisions: string
  readonly untitled: string
  readonly wordCount: (count: number) => string
  readonly when: (moment: Date) => string
  readonly titleIsForOne: string
  readonly nothingToImport: string
  readonly importing: string
  readonly imported: (count: number) => string
  readonly notImported: (count: number) => string
  readonly importProblems: Readonly<Record<ImportProblem | 'missing' | 'unreadable', string>>
  readonly written: (path: string) => string
  readonly cannotWrite: (path: string, why: string) => string
  readonly backup: BackupWords
  readonly calendar: CalendarWords
  readonly doctor: DoctorWords
  readonly live: LiveWords
}

const plural = (count: number, one: string, other: string) => `${count} ${Math.abs(count) < 2 ? one : other}`

const fr: Words = {
  usage: 'Utilisation',
  command: 'commande',
  jsonHint: 'Avec --json, la réponse est une seule valeur JSON. Détails\u00a0: docs/CLI.md',
  about: {
    'volunteer add': 'Ajoute une personne à l’équipe; son mot de passe est lu sur l’entrée standard.',
    'volunteer list': 'Nomme les personnes de l’équipe, leur rôle et leur état.',
    'volunteer suspend': 'Suspend un compte\u00a0: ses sessions se ferment tout de suite.',
    'volunteer reinstate': 'Rétablit un compte suspendu.',
    'draft import':
      'Fait de chaque fichier Markdown, HTML ou texte un brouillon; les dossiers sont parcourus.',
    'draft export': 'Sort un brouillon en Markdown, HTML, texte ou JSON.',
    'draft list': 'Énumère les brouillons, du plus récemment modifié au plus ancien.',
    'calendar import': 'Ajoute au calendrier les événements d’un fichier iCalendar (.ics), sans doublons.',
    'calendar export': 'Sort le calendrier en iCalendar, en CSV ou en JSON.',
    'calendar feed':
      'Donne à une personne l’adresse secrète de son flux de calendrier; la précédente cesse de valoir.',
    audit:
      'Énumère les décisions, de la plus récente à la plus ancienne\u00a0: qui, quoi, quand, sur quelle révision.',
    backup:
      'Écrit toute la rédaction dans un fichier, pendant qu’on y travaille; --verify en relit un et dit s’il est entier.',
    restore: 'Remet une sauvegarde dans une rédaction vide, toute ou pas du tout, et la relit.',
    doctor:
      'Vérifie la configuration, la base de données, le disque et les droits, et dit quoi faire; avec --live, regarde pendant cinq secondes ce que vit le serveur.',
  },
  unknownCommand: (typed) => `Commande inconnue\u00a0: ${typed}`,
  unknownOption: (option) => `Option inconnue\u00a0: ${option}`,
  unknownOperand: (operand) => `Argument en trop\u00a0: ${operand}`,
  missingOperand: (operands) => `Il manque un argument\u00a0: ${operands}`,
  missingOption: (option) => `Il manque l’option ${option}.`,
  needsValue: (option) => `L’option ${option} attend une valeur.`,
  takesNoValue: (option) => `L’option ${option} ne prend pas de valeur.`,
  notOneOf: (option, allowed) => `L’option ${option} doit être\u00a0: ${allowed.join(', ')}.`,
  unexpected: (message) => `Erreur inattendue\u00a0: ${message}`,
  interrupted: 'Interrompu. Ce qui est déjà entré y reste.',
  passwordNeeded: 'Donnez le mot de passe sur l’entrée standard, avec --password-stdin.',
  passwordAsked: 'Mot de passe',
  fields: {
    nameMissing: 'Le nom doit contenir une lettre ou un chiffre.',
    nameTooLong: 'Le nom est trop long\u00a0: 80 caractères au plus.',
    emailInvalid: 'Ce n’est pas une adresse de courriel.',
    emailTaken: 'Une personne de l’équipe a déjà cette adresse.',
    colorUnknown: 'Cette couleur n’est pas offerte.',
    passwordTooShort: 'Le mot de passe est trop court\u00a0: 12 caractères au moins.',
    passwordTooLong: 'Le mot de passe est trop long\u00a0: 256 caractères au plus.',
    passwordCommon: 'Ce mot de passe est parmi les premiers que l’on essaie.',
    passwordPersonal: 'Ce mot de passe se devine à partir du nom ou de l’adresse.',
  },
  added: (email) => `${email} fait maintenant partie de l’équipe.`,
  suspended: (email) => `Le compte de ${email} est suspendu.`,
  reinstated: (email) => `Le compte de ${email} est rétabli.`,
  noVolunteer: (typed) => `Personne dans l’équipe n’a ce courriel ou cet identifiant\u00a0: ${typed}`,
  refusals: {
    forbidden: 'Cela n’est pas permis.',
    missing: 'Ce compte n’existe plus.',
    lastCoordinator: 'C’est la dernière personne à la coordination\u00a0: nommez-en d’abord une autre.',
  },
  roles: {
    coordinator: 'coordination',
    editor: 'édition',
    contributor: 'contribution',
    commenter: 'commentaires',
    reader: 'lecture',
  },
  isSuspended: 'suspendu',
  noVolunteers: 'L’équipe ne compte encore personne.',
  noDraft: (typed) => `Aucun brouillon n’a cet identifiant\u00a0: ${typed}`,
  noDrafts: 'Aucun brouillon.',
  noDecisions: 'Aucune décision.',
  untitled: '(sans titre)',
  wordCount: (count) => plural(count, 'mot', 'mots'),
  when: (moment) => french.format(moment),
  titleIsForOne: '--title ne vaut que pour un seul fichier.',
  nothingToImport: 'Aucun fichier à importer ici.',
  importing: 'Importation',
  imported: (count) => `${plural(count, 'brouillon importé', 'brouillons importés')}.`,
  notImported: (count) => `${plural(count, 'fichier laissé de côté', 'fichiers laissés de côté')}.`,
  importProblems: {
    format: 'ce format n’est pas lu (Markdown, HTML ou texte)',
    tooLarge: 'le fichier dépasse 10 Mo',
    binary: 'ce n’est pas du texte',
    encoding: 'le texte n’est ni en UTF-8 ni en UTF-16\u00a0: enregistrez-le en UTF-8',
    tooDeep: 'les éléments sont imbriqués trop profondément',
    missing: 'il n’existe pas',
    unreadable: 'il ne peut pas être lu',
  },
  written: (path) => `Écrit\u00a0: ${path}`,
  cannotWrite: (path, why) => `${path} ne peut pas être écrit (${why}).`,
  backup: backupFr,
  calendar: calendarFr,
  doctor: doctorFr,
  live: liveFr,
}

const en: Words = {
  usage: 'Usage',
  command: 'command',
  jsonHint: 'With --json, the answer is a single JSON value. Details: docs/CLI.md',
  about: {
    'volunteer add': 'Adds somebody to the team; their password is read from standard input.',
    'volunteer list': 'Names the people of the team, their role and their state.',
    'volunteer suspend': 'Suspends an account: its sessions end at once.',
    'volunteer reinstate': 'Reinstates a suspended account.',
    'draft import': 'Makes a draft of each Markdown, HTML or text file; folders are walked through.',
    'draft export': 'Takes a draft out as Markdown, HTML, text or JSON.',
    'draft list': 'Lists the drafts, the last edited first.',
    'calendar import': 'Adds the events of an iCalendar file (.ics) to the calendar, without doubles.',
    'calendar export': 'Takes the calendar out as iCalendar, CSV or JSON.',
    'calendar feed':
      'Gives somebody the secret address of their calendar feed; the one before stops working.',
    audit: 'Lists decisions, the newest first: who, what, when, on which revision.',
    backup:
      'Writes the whole newsroom into a file, while people work; --verify reads one and says whether it is whole.',
    restore: 'Puts a backup into an empty newsroom, all of it or nothing, and reads it back.',
    doctor:
      'Checks configuration, database, disk and permissions, and says what to do; with --live, watches for five seconds how the server is.',
  },
  unknownCommand: (typed) => `Unknown command: ${typed}`,
  unknownOption: (option) => `Unknown option: ${option}`,
  unknownOperand: (operand) => `One argument too many: ${operand}`,
  missingOperand: (operands) => `An argument is missing: ${operands}`,
  missingOption: (option) => `The option ${option} is missing.`,
  needsValue: (option) => `The option ${option} needs a value.`,
  takesNoValue: (option) => `The option ${option} takes no value.`,
  notOneOf: (option, allowed) => `The option ${option} must be one of: ${allowed.join(', ')}.`,
  unexpected: (message) => `Unexpected error: ${message}`,
  interrupted: 'Interrupted. What went in already stays.',
  passwordNeeded: 'Give the password on standard input, with --password-stdin.',
  passwordAsked: 'Password',
  fields: {
    nameMissing: 'The name needs a letter or a digit.',
    nameTooLong: 'The name is too long: 80 characters at most.',
    emailInvalid: 'This is not an e-mail address.',
    emailTaken: 'Somebody of the team has this address already.',
    colorUnknown: 'This colour is not on offer.',
    passwordTooShort: 'The password is too short: 12 characters at least.',
    passwordTooLong: 'The password is too long: 256 characters at most.',
    passwordCommon: 'This password is among the first that anybody tries.',
    passwordPersonal: 'This password can be guessed from the name or the address.',
  },
  added: (email) => `${email} is now part of the team.`,
  suspended: (email) => `The account of ${email} is suspended.`,
  reinstated: (email) => `The account of ${email} is reinstated.`,
  noVolunteer: (typed) => `Nobody in the team has this e-mail or id: ${typed}`,
  refusals: {
    forbidden: 'This is not allowed.',
    missing: 'This account no longer exists.',
    lastCoordinator: 'This is the last coordinator: appoint another one first.',
  },
  roles: {
    coordinator: 'coordinator',
    editor: 'editor',
    contributor: 'contributor',
    commenter: 'commenter',
    reader: 'reader',
  },
  isSuspended: 'suspended',
  noVolunteers: 'There is nobody in the team yet.',
  noDraft: (typed) => `No draft has this id: ${typed}`,
  noDrafts: 'No drafts.',
  noDecisions: 'No decisions.',
  untitled: '(untitled)',
  wordCount: (count) => `${count} ${count === 1 ? 'word' : 'words'}`,
  when: (moment) => english.format(moment),
  titleIsForOne: '--title is for a single file.',
  nothingToImport: 'There is no file to import here.',
  importing: 'Importing',
  imported: (count) => `${count} ${count === 1 ? 'draft' : 'drafts'} imported.`,
  notImported: (count) => `${count} ${count === 1 ? 'file' : 'files'} left out.`,
  importProblems: {
    format: 'this format is not read (Markdown, HTML or text)',
    tooLarge: 'the file is larger than 10 MB',
    binary: 'it is not text',
    encoding: 'the text is neither UTF-8 nor UTF-16: save it as UTF-8',
    tooDeep: 'its elements are nested too deeply',
    missing: 'it does not exist',
    unreadable: 'it cannot be read',
  },
  written: (path) => `Written: ${path}`,
  cannotWrite: (path, why) => `${path} cannot be written (${why}).`,
  backup: backupEn,
  calendar: calendarEn,
  doctor: doctorEn,
  live: liveEn,
}

export const wordsIn = (locale: Locale): Words => (locale === 'en' ? en : fr)
