/** The command was called in a way that cannot be carried out: exit code 2. */
export class UsageError extends Error {}

/** Exit codes, stable. */
export const EXIT = { done: 0, unreadable: 1, usage: 2, interrupted: 130 } as const;
