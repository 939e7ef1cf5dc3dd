/** Keys to press together, written «Ctrl K». */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans text-xs">
      {keys.split(' ').map((key) => (
        <span
          key={key}
          className="min-w-[1.5em] rounded-xs border border-current/35 px-1 text-center leading-[1.45]"
        >
          {key}
        </span>
      ))}
    </kbd>
  )
}
