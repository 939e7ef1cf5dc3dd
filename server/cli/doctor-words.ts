/** What `doctor` finds and what to do about it, in one language. */
export type DoctorWords = {
  readonly settings: (folder: string, address: string) => string
  readonly node: (version: string) => string
  readonly otherNode: (version: string, wanted: string) => string
  readonly useNpm: string
  readonly folder: (path: string) => string
  readonly folderMissing: (path: string) => string
  readonly folderDenied: (path: string, user: string) => string
  readonly giveFolder: (path: string, user: string) => string
  readonly space: (path: string, free: string) => string
  readonly makeRoom: string
  readonly secretGiven: string
  readonly secretMissing: string
  readonly secretKept: (path: string) => string
  readonly secretOpen: (path: string, mode: string) => string
  readonly closeSecret: (path: string) => string
  readonly noDatabaseYet: string
  readonly startOnce: string
  readonly database: (version: string) => string
  readonly migrated: string
  readonly notMigrated: string
  readonly migrateByStart: string
  readonly durable: string
  readonly notDurable: (setting: string) => string
  readonly setOn: (setting: string) => string
  readonly french: string
  readonly noCollation: string
  readonly noFrenchSearch: string
  readonly wrongEncoding: (encoding: string) => string
  readonly rebuildDatabase: string
  readonly otherDatabase: string
  readonly serverReady: (address: string) => string
  readonly serverNotReady: (address: string) => string
  readonly seeLog: string
  readonly serverSilent: (address: string) => string
  readonly startServer: string
  readonly notSetUp: (address: string) => string
  readonly openSetup: string
  readonly plainHttp: (address: string) => string
  readonly putHttps: string
  readonly allGood: string
  readonly someWarnings: string
  readonly someBad: string
}

export const doctorFr: DoctorWords = {
  settings: (folder, address) => `Configuration lue\u00a0: données dans ${folder}, adresse ${address}`,
  node: (version) => `Node ${version}`,
  otherNode: (version, wanted) =>
    `Node ${version} exécute cette commande; Pupitre est fait pour Node ${wanted}`,
  useNpm: 'Installez avec «\u00a0npm ci\u00a0» et lancez tout avec npm, qui choisit le bon Node.',
  folder: (path) => `Le dossier de données peut être lu et écrit\u00a0: ${path}`,
  folderMissing: (path) => `Le dossier de données n’existe pas encore\u00a0: ${path}`,
  folderDenied: (path, user) =>
    `Le dossier de données ne peut pas être lu et écrit par ${user}\u00a0: ${path}`,
  giveFolder: (path, user) =>
    `Donnez-le à cet utilisateur\u00a0: chown -R ${user} ${path}; ou changez PUPITRE_DATA.`,
  space: (path, free) => `Espace libre\u00a0: ${free} (${path})`,
  makeRoom: 'Faites de la place\u00a0: sur un disque plein, rien ne s’enregistre plus.',
  secretGiven: 'Le secret vient de PUPITRE_SECRET',
  secretMissing: 'Le secret sera généré au premier démarrage',
  secretKept: (path) => `Le secret n’est lisible que par son propriétaire\u00a0: ${path}`,
  secretOpen: (path, mode) => `Le secret peut être lu par d’autres (droits ${mode})\u00a0: ${path}`,
  closeSecret: (path) =>
    `chmod 600 ${path}; s’il a pu être lu, supprimez-le\u00a0: chacun devra se reconnecter.`,
  noDatabaseYet: 'La base de données sera créée au premier démarrage',
  startOnce: 'Lancez «\u00a0npm start\u00a0».',
  database: (version) => `La base de données répond\u00a0: PostgreSQL ${version}`,
  migrated: 'Les tables sont à jour',
  notMigrated: 'Les tables ne sont pas à jour',
  migrateByStart: 'Redémarrez Pupitre\u00a0: il met les tables à jour à son démarrage.',
  durable: 'Ce qui est enregistré l’est sur le disque (fsync, synchronous_commit, full_page_writes)',
  notDurable: (setting) => `PostgreSQL peut perdre ce qu’il dit enregistré\u00a0: ${setting} est à off`,
  setOn: (setting) => `Mettez ${setting} = on dans postgresql.conf, puis rechargez PostgreSQL.`,
  french: 'Le tri et la recherche en français sont là',
  noCollation: 'Le tri français manque\u00a0: la collation fr-x-icu',
  noFrenchSearch: 'La recherche en français manque\u00a0: la configuration «\u00a0french\u00a0»',
  wrongEncoding: (encoding) => `La base de données n’est pas en UTF-8 mais en ${encoding}`,
  rebuildDatabase: 'Utilisez un PostgreSQL 15 ou plus récent, compilé avec ICU, et une base créée en UTF8.',
  otherDatabase: 'Vérifiez DATABASE_URL, que PostgreSQL tourne, et que ce compte peut s’y connecter.',
  serverReady: (address) => `Pupitre répond à ${address}`,
  serverNotReady: (address) => `Pupitre répond à ${address}, mais n’est pas prêt`,
  seeLog: 'Attendez quelques secondes, puis lisez ce qu’il écrit dans son journal.',
  serverSilent: (address) => `Rien ne répond à ${address}`,
  startServer: 'Lancez «\u00a0npm start\u00a0»; s’il tourne, vérifiez PUPITRE_URL et ce qui est devant lui.',
  notSetUp: (address) => `La salle de rédaction n’est pas encore ouverte\u00a0: ${address}`,
  openSetup:
    'Ouvrez cette page avec le code écrit dans la console, ou ajoutez un compte avec «\u00a0volunteer add\u00a0».',
  plainHttp: (address) => `L’adresse publique est en http\u00a0: ${address}`,
  putHttps: 'Placez Pupitre derrière un serveur en https, puis donnez l’adresse https à PUPITRE_URL.',
  allGood: 'Tout va bien.',
  someWarnings: 'Rien ne presse; voyez ce qui est marqué d’un point d’exclamation.',
  someBad: 'Il y a des problèmes à régler.',
}

export const doctorEn: DoctorWords = {
  settings: (folder, address) => `Configuration read: data in ${folder}, address ${address}`,
  node: (version) => `Node ${version}`,
  otherNode: (version, wanted) => `Node ${version} runs this command; Pupitre is made for Node ${wanted}`,
  useNpm: 'Install with “npm ci” and start everything through npm, which picks the right Node.',
  folder: (path) => `The data folder can be read and written: ${path}`,
  folderMissing: (path) => `The data folder does not exist yet: ${path}`,
  folderDenied: (path, user) => `The data folder cannot be read and written by ${user}: ${path}`,
  giveFolder: (path, user) => `Give it to that user: chown -R ${user} ${path}; or change PUPITRE_DATA.`,
  space: (path, free) => `Free space: ${free} (${path})`,
  makeRoom: 'Make room: on a full disk nothing is saved any more.',
  secretGiven: 'The secret comes from PUPITRE_SECRET',
  secretMissing: 'The secret will be made on the first start',
  secretKept: (path) => `The secret can be read by its owner only: ${path}`,
  secretOpen: (path, mode) => `The secret can be read by others (mode ${mode}): ${path}`,
  closeSecret: (path) =>
    `chmod 600 ${path}; if somebody may have read it, delete it: everyone signs in again.`,
  noDatabaseYet: 'The database will be created on the first start',
  startOnce: 'Run “npm start”.',
  database: (version) => `The database answers: PostgreSQL ${version}`,
  migrated: 'The tables are up to date',
  notMigrated: 'The tables are not up to date',
  migrateByStart: 'Start Pupitre again: it brings the tables up to date as it starts.',
  durable: 'What is saved is on disk (fsync, synchronous_commit, full_page_writes)',
  notDurable: (setting) => `PostgreSQL may lose what it calls saved: ${setting} is off`,
  setOn: (setting) => `Set ${setting} = on in postgresql.conf, then reload PostgreSQL.`,
  french: 'Sorting and searching in French are there',
  noCollation: 'French sorting is missing: the collation fr-x-icu',
  noFrenchSearch: 'French search is missing: the configuration “french”',
  wrongEncoding: (encoding) => `The database is not in UTF-8 but in ${encoding}`,
  rebuildDatabase: 'Use PostgreSQL 15 or later built with ICU, and a database created as UTF8.',
  otherDatabase: 'Check DATABASE_URL, that PostgreSQL runs, and that this account may connect.',
  serverReady: (address) => `Pupitre answers at ${address}`,
  serverNotReady: (address) => `Pupitre answers at ${address}, and is not ready`,
  seeLog: 'Wait for some seconds, then read what it writes in its log.',
  serverSilent: (address) => `Nothing answers at ${address}`,
  startServer: 'Run “npm start”; if it runs, check PUPITRE_URL and what stands before it.',
  notSetUp: (address) => `The newsroom is not set up yet: ${address}`,
  openSetup: 'Open that page with the code shown in the console, or add an account with “volunteer add”.',
  plainHttp: (address) => `The public address is http: ${address}`,
  putHttps: 'Put Pupitre behind a server that speaks https, then give PUPITRE_URL the https address.',
  allGood: 'All is well.',
  someWarnings: 'Nothing is pressing; see what has an exclamation mark.',
  someBad: 'There are problems to solve.',
}
