import net from 'node:net';

/** Listens on a free port of 127.0.0.1 and tells which. */
export function listenOnLoopback(server: net.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
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
