# Two stages: what compiles stays behind. Node 24 in the image; 20 is the floor.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json build.mjs ./
COPY bin ./bin
COPY demo ./demo
COPY jobs ./jobs
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
# The embedded queue keeps its data here; with REDIS_URL nothing is written and the file system may be read-only.
RUN mkdir -p /data && chown node:node /data
VOLUME /data
USER node
WORKDIR /data
EXPOSE 3000 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/bin/vpc-why.js"]
CMD ["start"]
