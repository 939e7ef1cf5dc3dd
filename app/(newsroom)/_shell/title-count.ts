import { useEffect } from 'react'

const COUNT = /^\(\d+\+?\) /

/** Puts the number of unread notices before the title of whatever page, where tabs show it; none, and it is gone. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    const write = () => {
      const title = document.title.replace(COUNT, '')
      const wanted = count > 0 ? `(${count > 99 ? '99+' : count}) ${title}` : title
      if (document.title !== wanted) document.title = wanted
    }
    write()
    // Each page brings a title of its own, when it is ready.
    const observer = new MutationObserver(write)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [count])
}
