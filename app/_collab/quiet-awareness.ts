import { equalityDeep } from 'lib0/function'
import { Awareness } from 'y-protocols/awareness'

type Changes = { readonly added: number[]; readonly updated: number[]; readonly removed: number[] }

/** `update` is what the provider sends; news of others has nowhere to go from here. */
const mentions = ({ added, updated, removed }: Changes, clientId: number): boolean =>
  [added, updated, removed].some((clients) => clients.includes(clientId))

/** A moving caret is told this often, and not while the key that moved it is still on its way to the screen. */
const SOON_MS = 40

/**
 * Presence that says a thing once. Habits of the stock parts cost a room of ten people a hundred times their
 * typing: the editor announces an unmoved caret again after every change by others, and the provider sends
 * back whatever presence it has just received.
 */
export class QuietAwareness extends Awareness {
  // Only declared: the constructor above it announces itself before a field of ours could be initialised.
  declare private timer: ReturnType<typeof setTimeout> | undefined

  override setLocalState(state: Record<string, unknown> | null): void {
    const current = this.getLocalState()
    // The same object means «I am still here», every 15 s: that one must go out.
    if (state !== null && current !== null && state !== current && equalityDeep(state, current)) return
    super.setLocalState(state)
  }

  override emit(name: string, args: unknown[]): void {
    if (name !== 'update') super.emit(name, args)
    else this.hold(args)
  }

  private hold(args: unknown[]): void {
    const changes = args[0] as Changes
    if (!mentions(changes, this.clientID)) return
    // Whoever leaves says so at once: there may be no later.
    if (changes.removed.length > 0) super.emit('update', args)
    else this.timer ??= setTimeout(() => this.send(), SOON_MS)
  }

  override destroy(): void {
    clearTimeout(this.timer)
    super.destroy()
  }

  private send(): void {
    this.timer = undefined
    if (this.getLocalState() === null) return
    super.emit('update', [{ added: [], updated: [this.clientID], removed: [] }, 'local'])
  }
}
