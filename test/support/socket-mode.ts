import { once } from 'node:events';
import { WebSocketServer, type WebSocket } from 'ws';
import type { LocalSlack } from '../../demo/slack/start-slack.ts';

/** The other end of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface SocketModeEnd {
  /** Resolves when the bot has connected. */
  readonly connected: Promise<void>;
  /** Sends a slash command and resolves with what the bot acknowledged it with. */
  sendCommand(fields: Record<string, string>): Promise<{ text?: string; blocks?: unknown[] }>;
  /** Sends an envelope of another kind and resolves with what the bot acknowledged it with. */
  send(type: 'events_api' | 'interactive', payload: object): Promise<Readonly<Record<string, unknown>>>;
  /** Drops the connection without a word. */
  drop(): void;
  connections(): number;
  close(): Promise<void>;
}

export async function startSocketMode(slack: Pick<LocalSlack, 'answer'>): Promise<SocketModeEnd> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  slack.answer('apps.connections.open', { ok: true, url: `ws://127.0.0.1:${port}/` });
  const sockets: WebSocket[] = [];
  const waiting = new Map<string, (payload: object) => void>();
  let made = 0;
  const connected = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      made += 1;
      sockets.push(socket);
      socket.on('message', (data: Buffer) => {
        const { envelope_id: id, payload } = JSON.parse(data.toString()) as { envelope_id: string; payload?: object };
        waiting.get(id)?.(payload ?? {});
      });
      socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A000000001' } }));
      resolve();
    });
  });
  let sent = 0;
  const send = (type: string, payload: object, accepts = true): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      sent += 1;
      const id = `envelope-${sent}`;
      waiting.set(id, (answer) => resolve({ ...answer }));
      sockets.at(-1)?.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: accepts }));
    });
  return {
    connected,
    sendCommand: (fields) =>
      send('slash_commands', { ...fields, response_url: 'http://127.0.0.1:9/response', trigger_id: '1.2.3' }),
    send: (type, payload) => send(type, payload, type === 'interactive'),
    drop: () => sockets.at(-1)?.terminate(),
    connections: () => made,
    close: async () => {
      for (const socket of sockets) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
