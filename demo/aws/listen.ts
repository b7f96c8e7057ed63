import type { Server } from 'node:http';

/** Loopback only: a stand-in knows no signatures and must not be reachable from elsewhere. */
export async function listenOnLoopback(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the stand-in listens on no port');
  }
  return `http://127.0.0.1:${address.port}`;
}
