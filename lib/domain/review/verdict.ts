/** `override`: a coordinator approved alone, in an emergency, with a reason; it stays marked as that for ever. */
export const VERDICT_KINDS = ['approve', 'changes', 'override'] as const
export type VerdictKind = (typeof VERDICT_KINDS)[number]
