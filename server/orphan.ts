/** How often to look whether whoever started this process is still there; milliseconds. */
const LOOK_MS = 500

/**
 * Stops in order when the process that started this one is gone. A signal to the pid of `npm start` ends npm and its
 * shell: npm passes it on to the shell, which passes it on to nobody. Only for what npm started: a server that was
 * started by hand may outlive its terminal, and a service manager or a container signals node itself.
 */
export function stopWithParent(): void {
  const parent = process.ppid
  // The first process of a machine or a container does not go; or npm is gone already, and nobody will tell.
  if (parent <= 1) return
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS)
  timer.unref()
}
