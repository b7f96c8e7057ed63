import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * One JSON object a line. A message at warn and above has a fixed text; what varies is data. Secrets are cut out by
 * name, whoever passes them; text from AWS and people is data and never a message.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service: 'vpc-why' },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: SECRETS, censor: '[secret]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const SECRET_NAMES = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'authorization',
  'secretAccessKey',
  'sessionToken',
  'password',
  'externalId',
  'response_url',
];

const SECRETS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);
