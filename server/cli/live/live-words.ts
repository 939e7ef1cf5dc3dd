import type { CloseName } from '#lib/protocol/close-codes.ts'

/** What `doctor --live` looks at; stable keys for programs. */
export const LIVE_CHECKS = [
  'people',
  'saving',
  'showing',
  'behind',
  'cutOff',
  'pages',
  'memory',
  'eventLoop',
  'postgres',
  'valkey',
  'mail',
  'disk',
] as const
type LiveCheck = (typeof LIVE_CHECKS)[number]

/** Ends of sockets that keep somebody from their work. */
export const CUT_OFF = [
  'tooSlow',
  'tooFast',
  'tooLarge',
  'badMessage',
  'loadFailed',
  'notSaving',
  'lost',
] as const satisfies readonly (CloseName | 'lost')[]
type CutOff = (typeof CUT_OFF)[number]

/** What `doctor --live` says, in one language. Numbers come as they are to be read. */
export type LiveWords = {
  readonly labels: Readonly<Record<LiveCheck, string>>
  readonly watching: (seconds: number) => string
  readonly heading: (version: string, address: string, uptime: string, watched: string) => string
  readonly badSeconds: string
  readonly badUrl: string
  readonly onlyLive: (option: string) => string
  readonly people: (connected: string, writing: string, rooms: string) => string
  readonly nobody: string
  readonly quiet: string
  readonly saving: (half: string, most: string, rate: string) => string
  readonly slowSaving: string
  readonly saveFailures: (count: string) => string
  readonly lookAtPostgres: string
  readonly showing: (half: string, most: string) => string
  readonly overtaken: (count: string) => string
  readonly nothingBehind: string
  readonly waiting: (updates: string) => string
  readonly roomsBehind: (rooms: string) => string
  readonly rowsBehind: (time: string) => string
  readonly readLog: string
  readonly nobodyCut: (ever: string) => string
  readonly cut: (list: string, ever: string) => string
  readonly cutOne: (what: string, code: string, count: string) => string
  readonly cutOffs: Readonly<Record<CutOff, string>>
  readonly cutAdvice: Readonly<Record<CutOff, string>>
  readonly pages: (rate: string) => string
  readonly failedPages: (count: string) => string
  readonly memory: (resident: string, heap: string, limit: string) => string
  readonly moreMemory: string
  readonly eventLoop: (lag: string, cpu: string) => string
  readonly busy: string
  readonly postgres: (ping: string) => string
  readonly postgresDown: string
  readonly startPostgres: string
  readonly postgresQueue: (count: string) => string
  readonly slowPostgres: string
  readonly noValkey: string
  readonly valkey: (gaps: string) => string
  readonly valkeyDown: string
  readonly startValkey: string
  readonly noMail: string
  readonly mail: (waiting: string) => string
  readonly mailFailing: (failing: string, waiting: string) => string
  readonly lookAtMail: string
  readonly disk: (free: string) => string
  readonly makeRoom: string
  readonly silent: (address: string) => string
  readonly start: string
  readonly starting: (address: string) => string
  readonly waitForIt: string
  readonly wrongToken: (address: string) => string
  readonly giveToken: string
  readonly noMetrics: (address: string) => string
  readonly sameSettings: string
}

const NB = '\u00a0'

export const liveFr: LiveWords = {
  labels: {
    people: 'Monde',
    saving: 'Enregistrement',
    showing: 'À l’écran',
    behind: 'En retard',
    cutOff: 'Coupures',
    pages: 'Pages',
    memory: 'Mémoire',
    eventLoop: 'Réactivité',
    postgres: 'PostgreSQL',
    valkey: 'Valkey',
    mail: 'Courriel',
    disk: 'Disque',
  },
  watching: (seconds) => `Observation… encore ${seconds}${NB}s`,
  heading: (version, address, uptime, watched) =>
    `Pupitre ${version} à ${address}, en marche depuis ${uptime}; observé pendant ${watched}`,
  badSeconds: 'L’option --seconds attend un nombre entier de 1 à 600.',
  badUrl: 'L’option --url attend une adresse, comme http://127.0.0.1:3000.',
  onlyLive: (option) => `L’option ${option} ne va qu’avec --live.`,
  people: (connected, writing, rooms) =>
    `connectés${NB}: ${connected}; écrivent${NB}: ${writing}; documents ouverts${NB}: ${rooms}`,
  nobody: 'personne n’est connecté',
  quiet: 'personne n’a écrit pendant ce temps',
  saving: (half, most, rate) => `${half} d’habitude, ${most} au pire (99${NB}%); ${rate} modifications/s`,
  slowSaving: 'C’est plus que les 250 ms après lesquelles la page dit «\u00a0pas encore enregistré\u00a0».',
  saveFailures: (count) => `des enregistrements ont échoué et sont réessayés${NB}: ${count}`,
  lookAtPostgres: 'Voyez PostgreSQL et son disque; rien n’est perdu tant que Pupitre tourne.',
  showing: (half, most) =>
    `ce qu’une personne écrit arrive chez les autres après ${half} d’habitude, ${most} au pire (99${NB}%)`,
  overtaken: (count) => `des modifications ont été montrées avant d’être enregistrées${NB}: ${count}`,
  nothingBehind: 'rien n’attend',
  waiting: (updates) => `modifications en chemin${NB}: ${updates}`,
  roomsBehind: (rooms) => `des documents ne sont pas enregistrés${NB}: ${rooms}`,
  rowsBehind: (time) => `les listes et la recherche sont en retard de ${time}`,
  readLog: 'Lisez le journal de Pupitre.',
  nobodyCut: (ever) => `personne n’a été coupé; depuis le démarrage${NB}: ${ever}`,
  cut: (list, ever) => `${list}; depuis le démarrage${NB}: ${ever}`,
  cutOne: (what, code, count) => `${what} (${code})${NB}: ${count}`,
  cutOffs: {
    tooSlow: 'lisaient trop lentement',
    tooFast: 'envoyaient trop vite',
    tooLarge: 'messages trop grands',
    badMessage: 'messages refusés',
    loadFailed: 'document illisible',
    notSaving: 'plus rien n’était enregistré',
    lost: 'connexions perdues',
  },
  cutAdvice: {
    tooSlow: 'Des réseaux très lents; la page se reconnecte d’elle-même.',
    tooFast: 'Un programme plutôt qu’une personne; le journal ne nomme que le document.',
    tooLarge: 'Un collage de plus de 8 Mio, ou un programme.',
    badMessage:
      'Une page d’une autre version, ou un programme; voyez «\u00a0update refused\u00a0» au journal.',
    loadFailed: 'Un document ne peut pas être lu; voyez «\u00a0could not be loaded\u00a0» au journal.',
    notSaving: 'PostgreSQL n’enregistre plus depuis longtemps; les pages gardent ce qui s’écrit.',
    lost: 'Des réseaux instables, ou un proxy qui coupe les connexions lentes.',
  },
  pages: (rate) => `requêtes par seconde${NB}: ${rate}`,
  failedPages: (count) => `des requêtes ont échoué (5xx)${NB}: ${count}`,
  memory: (resident, heap, limit) => `${resident} en tout; ${heap} d’objets sur ${limit} permis`,
  moreMemory: 'Donnez-en plus avant que le processus s’arrête\u00a0: NODE_OPTIONS=--max-old-space-size=…',
  eventLoop: (lag, cpu) => `retard de ${lag} au pire (99${NB}%); ${cpu} d’un cœur`,
  busy: 'Le processus n’arrive pas à suivre\u00a0: tout le monde attend. Voyez docs/SCALING.md.',
  postgres: (ping) => `répond en ${ping}`,
  postgresDown: 'ne répond pas\u00a0: rien ne s’enregistre',
  startPostgres:
    'Vérifiez qu’il tourne, son disque et DATABASE_URL. Ce qui est écrit attend en mémoire\u00a0: n’arrêtez pas Pupitre.',
  postgresQueue: (count) => `des requêtes attendent une connexion${NB}: ${count}`,
  slowPostgres: 'Cherchez ce qui occupe la base de données (pg_stat_activity).',
  noValkey: 'pas utilisé\u00a0: un seul processus',
  valkey: (gaps) => `les processus s’entendent; trous comblés depuis le démarrage${NB}: ${gaps}`,
  valkeyDown:
    'les autres processus ne s’entendent pas\u00a0: leurs textes arrivent en retard, par la base de données',
  startValkey: 'Vérifiez Valkey et VALKEY_URL. Rien n’est perdu.',
  noMail: 'pas de serveur de courriel',
  mail: (waiting) => `avis à envoyer${NB}: ${waiting}`,
  mailFailing: (failing, waiting) => `avis que le serveur n’a pas pris${NB}: ${failing}, sur ${waiting}`,
  lookAtMail: 'Vérifiez SMTP_URL et le serveur de courriel; l’envoi est réessayé pendant un jour.',
  disk: (free) => `espace libre${NB}: ${free}`,
  makeRoom: 'Faites de la place\u00a0: sur un disque plein, rien ne s’enregistre plus.',
  silent: (address) => `Rien ne répond à ${address}`,
  start: 'Lancez «\u00a0npm start\u00a0»; s’il tourne ailleurs, donnez son adresse avec --url.',
  starting: (address) => `Pupitre démarre à ${address}`,
  waitForIt: 'Attendez quelques secondes, puis recommencez.',
  wrongToken: (address) => `Le serveur à ${address} ne reconnaît pas le jeton`,
  giveToken: 'Donnez ici le même METRICS_TOKEN qu’au serveur.',
  noMetrics: (address) => `Le serveur à ${address} ne montre pas ses mesures`,
  sameSettings:
    'Lancez la commande avec les réglages du serveur (PUPITRE_DATA, PUPITRE_SECRET ou METRICS_TOKEN), et la même version.',
}

export const liveEn: LiveWords = {
  labels: {
    people: 'People',
    saving: 'Saving',
    showing: 'On screen',
    behind: 'Behind',
    cutOff: 'Cut off',
    pages: 'Pages',
    memory: 'Memory',
    eventLoop: 'Response',
    postgres: 'PostgreSQL',
    valkey: 'Valkey',
    mail: 'E-mail',
    disk: 'Disk',
  },
  watching: (seconds) => `Watching… ${seconds}${NB}s more`,
  heading: (version, address, uptime, watched) =>
    `Pupitre ${version} at ${address}, up for ${uptime}; watched for ${watched}`,
  badSeconds: 'The option --seconds takes a whole number from 1 to 600.',
  badUrl: 'The option --url takes an address, such as http://127.0.0.1:3000.',
  onlyLive: (option) => `The option ${option} goes with --live only.`,
  people: (connected, writing, rooms) =>
    `connected: ${connected}; writing: ${writing}; open documents: ${rooms}`,
  nobody: 'nobody is connected',
  quiet: 'nobody wrote in that time',
  saving: (half, most, rate) => `${half} as a rule, ${most} at worst (99%); ${rate} edits/s`,
  slowSaving: 'That is longer than the 250 ms after which the page says “not saved yet”.',
  saveFailures: (count) => `some saves failed and are tried again: ${count}`,
  lookAtPostgres: 'Look at PostgreSQL and its disk; nothing is lost as long as Pupitre runs.',
  showing: (half, most) =>
    `what one writes reaches the others after ${half} as a rule, ${most} at worst (99%)`,
  overtaken: (count) => `edits were shown before they were saved: ${count}`,
  nothingBehind: 'nothing waits',
  waiting: (updates) => `edits on their way: ${updates}`,
  roomsBehind: (rooms) => `documents that are not saved: ${rooms}`,
  rowsBehind: (time) => `lists and search are ${time} behind`,
  readLog: 'Read the log of Pupitre.',
  nobodyCut: (ever) => `nobody was cut off; since the start: ${ever}`,
  cut: (list, ever) => `${list}; since the start: ${ever}`,
  cutOne: (what, code, count) => `${what} (${code}): ${count}`,
  cutOffs: {
    tooSlow: 'read too slowly',
    tooFast: 'sent too fast',
    tooLarge: 'messages too large',
    badMessage: 'messages refused',
    loadFailed: 'unreadable document',
    notSaving: 'nothing was saved any more',
    lost: 'lost connections',
  },
  cutAdvice: {
    tooSlow: 'Very slow networks; the page comes back by itself.',
    tooFast: 'A program rather than a person; the log names the document only.',
    tooLarge: 'Something of more than 8 MiB was pasted, or a program sent it.',
    badMessage: 'A page of another version, or a program; look for “update refused” in the log.',
    loadFailed: 'A document cannot be read; look for “could not be loaded” in the log.',
    notSaving: 'PostgreSQL has not saved anything for long; pages keep what is written.',
    lost: 'Unstable networks, or a proxy that cuts quiet connections.',
  },
  pages: (rate) => `requests a second: ${rate}`,
  failedPages: (count) => `requests that failed (5xx): ${count}`,
  memory: (resident, heap, limit) => `${resident} in all; ${heap} of objects, of ${limit} allowed`,
  moreMemory: 'Give it more before the process ends: NODE_OPTIONS=--max-old-space-size=…',
  eventLoop: (lag, cpu) => `${lag} late at worst (99%); ${cpu} of a core`,
  busy: 'The process cannot keep up: everybody waits. See docs/SCALING.md.',
  postgres: (ping) => `answers in ${ping}`,
  postgresDown: 'does not answer: nothing is saved',
  startPostgres:
    'Check that it runs, its disk and DATABASE_URL. What is written waits in memory: do not stop Pupitre.',
  postgresQueue: (count) => `queries that wait for a connection: ${count}`,
  slowPostgres: 'Look for what keeps the database busy (pg_stat_activity).',
  noValkey: 'not used: one process',
  valkey: (gaps) => `the processes hear one another; gaps filled since the start: ${gaps}`,
  valkeyDown: 'the other processes are not heard: their text comes late, through the database',
  startValkey: 'Check Valkey and VALKEY_URL. Nothing is lost.',
  noMail: 'no mail server',
  mail: (waiting) => `notices to send: ${waiting}`,
  mailFailing: (failing, waiting) => `notices that the server did not take: ${failing}, of ${waiting}`,
  lookAtMail: 'Check SMTP_URL and the mail server; sending is tried for a day.',
  disk: (free) => `free space: ${free}`,
  makeRoom: 'Make room: on a full disk nothing is saved any more.',
  silent: (address) => `Nothing answers at ${address}`,
  start: 'Run “npm start”; if it runs elsewhere, give its address with --url.',
  starting: (address) => `Pupitre is starting at ${address}`,
  waitForIt: 'Wait for some seconds, then try again.',
  wrongToken: (address) => `The server at ${address} does not know the token`,
  giveToken: 'Give the same METRICS_TOKEN here as to the server.',
  noMetrics: (address) => `The server at ${address} does not show its metrics`,
  sameSettings:
    'Run this with the settings of the server (PUPITRE_DATA, PUPITRE_SECRET or METRICS_TOKEN), and the same version.',
}
