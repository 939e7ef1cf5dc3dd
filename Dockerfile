FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# Pages are built with everything installed; what only tests and checks need then stays behind.
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-trixie-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PUPITRE_DATA=/data
WORKDIR /app
COPY --from=build /app ./
# PostgreSQL refuses to be root, and nothing here needs to be: `node` is the image's ordinary user.
RUN install -d -o node -g node -m 0700 /data && chown -R node:node .next
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./server/check-node.mjs", "server/launch.ts"]
