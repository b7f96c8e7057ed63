import net from 'node:net';

/**
 * Listens on 127.0.0.1 and tells the URL: a stand-in knows no signatures and must not be reachable from elsewhere.
 * Port 0 is a free one.
 */
export async function listenOnLoopback(server: net.Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stand-in listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

/**
 * Runs `start` while every `listen(port)` means 127.0.0.1: `emulate` takes no host and would listen on every interface,
 * but nothing of the demo may be reached from outside this machine.
 */
export async function onLoopbackOnly<Result>(start: () => Promise<Result>): Promise<Result> {
  const original = Object.getOwnPropertyDescriptor(net.Server.prototype, 'listen');
  if (typeof original?.value !== 'function') throw new Error('this Node has no net.Server.listen');
  const listen: CallableFunction = original.value;
  Object.defineProperty(net.Server.prototype, 'listen', {
    ...original,
    value(this: net.Server, port: unknown): unknown {
      return Reflect.apply(listen, this, [port, '127.0.0.1']);
    },
  });
  try {
    return await start();
  } finally {
    Object.defineProperty(net.Server.prototype, 'listen', original);
  }
}
