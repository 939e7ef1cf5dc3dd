import { handleAuth } from '#app/_gate/auth.ts'

export { handleAuth as GET, handleAuth as POST }
