import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The other end of `response_url`: what only one person sees. */
export interface Whispers {
  readonly url: string;
  readonly heard: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function listenToWhispers(): Promise<Whispers> {
  const said: string[] = [];
  const hear = async (request: IncomingMessage): Promise<void> => {
    said.push((JSON.parse(await text(request)) as { text: string }).text);
  };
  const server = createServer((request, response) => {
    void hear(request).finally(() => response.end('ok'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/response`,
    heard: () => [...said],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
