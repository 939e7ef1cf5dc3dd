import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin({
  requestConfig: './app/_i18n/request.ts',
  experimental: {
    // Messages are compiled when they are built: the parser of their language stays out of what browsers load.
    messages: { path: './app/_i18n/messages', format: 'json', locales: ['fr', 'en'], precompile: true },
  },
})

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Set by server/build.ts where several machines build the same pages; otherwise Next draws one.
  // biome-ignore lint/style/noProcessEnv: Next runs this file in a process of its own, and passes nothing else on
  generateBuildId: () => process.env.PUPITRE_BUILD_ID ?? null,
  // Types are checked by `npm run types`; the build does not check them a second time.
  typescript: { ignoreBuildErrors: true },
  turbopack: {
    root: import.meta.dirname,
    resolveAlias: { 'next/dist/compiled/buffer': { browser: './app/_collab/no-buffer.ts' } },
  },
}

export default withNextIntl(config)
