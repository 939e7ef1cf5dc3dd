export type Day = Readonly<
  Record<
    | 'documents'
    | 'sockets'
    | 'pagesInADraft'
    | 'typing'
    | 'keysPerSecond'
    | 'movesPerSecond'
    | 'peakHoursADay'
    | 'workingDays'
    | 'bytesKeptPerKey'
    | 'documentOnDisk',
    number
  >
> & { readonly company: readonly { readonly people: number; readonly share: number }[] }

/** What is assumed of the newsroom at its peak hour, and of the machines. Nobody has measured such a newsroom. */
export const DAY: Day = {
  documents: 1_000_000,
  sockets: 100_000,
  /** Of the pages that are open, those in a draft: they have two sockets, all others one. */
  pagesInADraft: 0.8,
  /** Of the people in a draft, those who are typing at a given moment of the peak hour. */
  typing: 0.2,
  /** Updates a second of somebody who types: bursts of keys, and thinking in between. */
  keysPerSecond: 1,
  /** How often people open or leave a draft, a person and second: every ten minutes. */
  movesPerSecond: 2 / 600,
  /** Hours a day that would all be like the peak hour, for what adds up over a day. */
  peakHoursADay: 5,
  workingDays: 250,
  /** What a day’s work leaves of one key once its document is compacted, in bytes. */
  bytesKeptPerKey: 1.7,
  /** A document at rest in the database: snapshot, rows, search index, revisions; in bytes. */
  documentOnDisk: 60_000,
  /** How many people have a draft open, and the share of such drafts. */
  company: [
    { people: 1, share: 0.6 },
    { people: 2, share: 0.2 },
    { people: 4, share: 0.15 },
    { people: 12, share: 0.045 },
    { people: 60, share: 0.005 },
  ],
}

/** What the machines have, and what of it may be used at the peak. */
export const MACHINES = {
  /** A Node process has one event loop: beyond this share of a core keys wait. */
  nodeCpu: 0.7,
  nodeMemory: 4e9,
  /** `LimitNOFILE` of the units in deploy/. */
  fileDescriptors: 65_536,
  /** 1 Gbit/s. */
  nodeNetwork: 125e6,
  postgresCores: 16,
  /** `max_connections`, less what PostgreSQL keeps for its superuser and a backup needs. */
  postgresConnections: 495,
  /** Flushes of the log of one disk; several commits may share one. */
  flushesPerSecond: 10_000,
  /** A commit that notifies holds a lock of the whole cluster until it is flushed: 0.5 ms each. */
  notificationsPerSecond: 2000,
  walBytesPerSecond: 200e6,
  postgresDisk: 2e12,
  /** One Valkey executes commands on one core. */
  valkeyCommands: 150_000,
  valkeyNetwork: 125e6,
} as const
