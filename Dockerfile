# A revint of one's own: docs/self-hosting.md. CI builds it and looks whether it answers (.github/workflows/image.yml).
FROM node:24-bookworm-slim
RUN mkdir /app /data && chown node:node /app /data
USER node
WORKDIR /app
COPY --chown=node:node . .
RUN npm ci && npm run serve -- --build
VOLUME /data
EXPOSE 8787
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:8787/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node_modules/.bin/node", "scripts/serve.ts", "--host", "0.0.0.0", "--data", "/data"]
