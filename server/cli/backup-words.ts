import type { Refusal } from '#server/backup/refusal.ts'
import type { Fault } from '#server/backup/unreadable.ts'

type Counted = { readonly tables: number; readonly rows: number }
type Whole = Counted & { readonly version: string; readonly takenAt: string; readonly documents: number }

/** What `backup` and `restore` say, in one language. Names are of tables: no content, nobody. */
export type BackupWords = {
  readonly taking: string
  readonly verifying: string
  readonly restoring: string
  /** `left`: seconds, or null where nobody can tell yet. */
  readonly progress: (what: string, percent: number, megabytes: string, left: number | null) => string
  readonly taken: (path: string, of: Counted & { readonly takenAt: string }, size: string) => string
  readonly notEncrypted: string
  readonly keepKey: string
  readonly whole: (of: Whole) => string
  readonly restored: (of: Whole) => string
  readonly migrated: (count: number) => string
  readonly signInAgain: string
  readonly interrupted: string
  readonly nothingRestored: string
  readonly noNewsroom: (place: string) => string
  readonly exists: (path: string) => string
  readonly folder: (path: string) => string
  readonly special: (path: string) => string
  readonly noFolder: (path: string) => string
  readonly full: (path: string) => string
  readonly denied: (path: string) => string
  readonly missing: (path: string) => string
  readonly failed: (path: string, why: string) => string
  readonly terminal: string
  readonly verifyFile: string
  readonly keyUnreadable: (path: string, why: string) => string
  readonly keyShort: string
  readonly keyTwice: string
  readonly faults: Readonly<Record<Fault, (near: string | null) => string>>
  readonly refusals: Readonly<Record<Refusal['why'], (names: string) => string>>
}

const at = (near: string | null, words: string) => (near === null ? '' : ` (${words} ${near})`)
const fr = new Intl.NumberFormat('fr-CA')
const en = new Intl.NumberFormat('en-CA')
const day = (takenAt: string) => takenAt.slice(0, 16).replace('T', ' ')

export const backupFr: BackupWords = {
  taking: 'Sauvegarde',
  verifying: 'Vérification',
  restoring: 'Restauration',
  progress: (what, percent, megabytes, left) =>
    `${what}\u00a0: ${percent}\u00a0% (${megabytes}\u00a0Mo)${left === null ? '' : `, encore ${left}\u00a0s`}`,
  taken: (path, { tables, rows, takenAt }, size) =>
    `Sauvegarde écrite\u00a0: ${path}\n${fr.format(rows)} lignes de ${tables} tables, telles qu’elles étaient à ${day(takenAt)} UTC; ${size}\u00a0Mo.`,
  notEncrypted:
    'Elle n’est pas chiffrée\u00a0: qui la lit lit tout. Avec --key-file FICHIER, elle le serait.',
  keepKey: 'Gardez la clé ailleurs que la sauvegarde\u00a0: sans elle, personne ne la relira.',
  whole: ({ tables, rows, documents, takenAt, version }) =>
    `La sauvegarde est entière\u00a0: ${fr.format(rows)} lignes de ${tables} tables, dont ${fr.format(documents)} documents, prises à ${day(takenAt)} UTC par Pupitre ${version}.`,
  restored: ({ tables, rows, documents, takenAt }) =>
    `Restauré et relu\u00a0: ${fr.format(rows)} lignes de ${tables} tables, dont ${fr.format(documents)} documents, tels qu’ils étaient à ${day(takenAt)} UTC.`,
  migrated: (count) => `Les tables ont ensuite été mises à jour (${count} étapes).`,
  signInAgain:
    'Toutes les sessions sont fermées. Les invitations et les flux de calendrier valent comme au moment de la sauvegarde\u00a0: revoyez la page de l’équipe si vous en aviez retiré depuis.',
  interrupted: 'Interrompu. Rien n’a été gardé.',
  nothingRestored: 'Rien n’a été restauré; la base est comme avant.',
  noNewsroom: (place) =>
    `Il n’y a pas de rédaction à sauvegarder ici (${place}). PUPITRE_DATA ou DATABASE_URL mènent-ils au bon endroit\u00a0?`,
  exists: (path) => `${path} existe déjà. Pour le remplacer\u00a0: --force.`,
  folder: (path) => `${path} est un dossier\u00a0: nommez un fichier.`,
  special: (path) => `${path} n’est pas un fichier ordinaire.`,
  noFolder: (path) => `Le dossier de ${path} n’existe pas.`,
  full: (path) => `Le disque est plein\u00a0: ${path} n’a pas été écrit, et rien n’en reste.`,
  denied: (path) => `Les droits manquent pour ${path}.`,
  missing: (path) => `${path} n’existe pas.`,
  failed: (path, why) => `${path} ne peut être ni lu ni écrit (${why}).`,
  terminal: 'La sauvegarde ne s’écrit pas dans un terminal\u00a0: redirigez la sortie, ou nommez un fichier.',
  verifyFile: '--verify lit un fichier, et n’écrit rien\u00a0: --force n’y a pas de sens.',
  keyUnreadable: (path, why) => `La clé ${path} ne peut pas être lue (${why}).`,
  keyShort: 'La clé est trop courte\u00a0: 16 caractères au moins.',
  keyTwice: 'Donnez la clé par --key-file ou par PUPITRE_BACKUP_KEY, pas par les deux.',
  faults: {
    notBackup: () => 'Ce fichier n’est pas une sauvegarde de Pupitre.',
    newerFormat: () =>
      'Cette sauvegarde est d’une version plus récente de Pupitre\u00a0: installez-la d’abord.',
    keyNeeded: () => 'Cette sauvegarde est chiffrée\u00a0: donnez la clé avec --key-file FICHIER.',
    keyUnexpected: () =>
      'Une clé est donnée, mais ce fichier n’est pas chiffré\u00a0: quelqu’un l’a peut-être remplacé. Si vous savez d’où il vient, recommencez sans clé.',
    wrongKey: () => 'Ce n’est pas la clé de cette sauvegarde.',
    cut: () => 'La sauvegarde est coupée\u00a0: sa fin manque.',
    trailing: () =>
      'Quelque chose suit la fin de la sauvegarde\u00a0: ce n’est plus le fichier qui a été écrit.',
    damaged: (near) => `La sauvegarde est abîmée ou coupée${at(near, 'près de l’octet')}.`,
  },
  refusals: {
    notEmpty: (names) =>
      `On ne restaure que dans une rédaction vide, et il y a déjà quelque chose ici (${names}). Donnez un autre PUPITRE_DATA ou une autre base.`,
    foreign: (names) =>
      `Cette base contient des tables qui ne sont pas de Pupitre (${names})\u00a0: il lui en faut une à elle.`,
    inUse: () => 'Un autre programme se sert de cette base\u00a0: arrêtez d’abord le serveur.',
    newer: () => 'Cette sauvegarde vient d’une version plus récente de Pupitre\u00a0: installez-la d’abord.',
    differs: (names) => `Ce qui a été relu diffère de la sauvegarde (${names}).`,
  },
}

export const backupEn: BackupWords = {
  taking: 'Backing up',
  verifying: 'Verifying',
  restoring: 'Restoring',
  progress: (what, percent, megabytes, left) =>
    `${what}: ${percent} % (${megabytes} MB)${left === null ? '' : `, ${left} s left`}`,
  taken: (path, { tables, rows, takenAt }, size) =>
    `Backup written: ${path}\n${en.format(rows)} rows of ${tables} tables, as they were at ${day(takenAt)} UTC; ${size} MB.`,
  notEncrypted: 'It is not encrypted: whoever reads it reads everything. With --key-file FILE it would be.',
  keepKey: 'Keep the key elsewhere than the backup: without it nobody reads it again.',
  whole: ({ tables, rows, documents, takenAt, version }) =>
    `The backup is whole: ${en.format(rows)} rows of ${tables} tables, ${en.format(documents)} documents among them, taken at ${day(takenAt)} UTC by Pupitre ${version}.`,
  restored: ({ tables, rows, documents, takenAt }) =>
    `Restored and read back: ${en.format(rows)} rows of ${tables} tables, ${en.format(documents)} documents among them, as they were at ${day(takenAt)} UTC.`,
  migrated: (count) => `The tables were then brought up to date (${count} steps).`,
  signInAgain:
    'All sessions are ended. Invitations and calendar feeds hold as they did at the time of the backup: look at the team’s page if you had withdrawn any since.',
  interrupted: 'Interrupted. Nothing was kept.',
  nothingRestored: 'Nothing was restored; the database is as before.',
  noNewsroom: (place) =>
    `There is no newsroom here to back up (${place}). Do PUPITRE_DATA or DATABASE_URL lead to the right place?`,
  exists: (path) => `${path} exists already. To replace it: --force.`,
  folder: (path) => `${path} is a folder: name a file.`,
  special: (path) => `${path} is not an ordinary file.`,
  noFolder: (path) => `The folder of ${path} does not exist.`,
  full: (path) => `The disk is full: ${path} was not written, and nothing of it is left.`,
  denied: (path) => `The rights for ${path} are missing.`,
  missing: (path) => `${path} does not exist.`,
  failed: (path, why) => `${path} can be neither read nor written (${why}).`,
  terminal: 'A backup is not written to a terminal: redirect the output, or name a file.',
  verifyFile: '--verify reads a file and writes nothing: --force has no meaning there.',
  keyUnreadable: (path, why) => `The key ${path} cannot be read (${why}).`,
  keyShort: 'The key is too short: 16 characters at least.',
  keyTwice: 'Give the key by --key-file or by PUPITRE_BACKUP_KEY, not by both.',
  faults: {
    notBackup: () => 'This file is not a backup of Pupitre.',
    newerFormat: () => 'This backup is of a newer version of Pupitre: install that first.',
    keyNeeded: () => 'This backup is encrypted: give the key with --key-file FILE.',
    keyUnexpected: () =>
      'A key is given, but this file is not encrypted: somebody may have replaced it. If you know where it comes from, try again without a key.',
    wrongKey: () => 'This is not the key of this backup.',
    cut: () => 'The backup is cut off: its end is missing.',
    trailing: () => 'Something follows the end of the backup: it is no longer the file that was written.',
    damaged: (near) => `The backup is damaged or cut off${at(near, 'near byte')}.`,
  },
  refusals: {
    notEmpty: (names) =>
      `A backup is restored only into an empty newsroom, and there is something here already (${names}). Give another PUPITRE_DATA or another database.`,
    foreign: (names) =>
      `This database holds tables that are not Pupitre’s (${names}): it needs one of its own.`,
    inUse: () => 'Another program uses this database: stop the server first.',
    newer: () => 'This backup was taken by a newer version of Pupitre: install that first.',
    differs: (names) => `What was read back differs from the backup (${names}).`,
  },
}
