import { afterEach, expect, it, vi } from 'vitest';
import { CredentialsError, rememberCredentials } from '../../../src/aws/remember-credentials.ts';

afterEach(() => {
  vi.useRealTimers();
});

const NOON = new Date('2026-11-23T12:00:00Z');

function providing(minutesOfLife: number) {
  const asked: number[] = [];
  const provide = async () => {
    asked.push(Date.now());
    const expiration = new Date(Date.now() + minutesOfLife * 60_000);
    return { accessKeyId: `key-${asked.length}`, secretAccessKey: 'secret', expiration };
  };
  return { provide, asked };
}

it('asks once however many clients want them at the same time', async () => {
  const { provide, asked } = providing(60);
  const remembered = rememberCredentials(provide);

  const all = await Promise.all([remembered(), remembered(), remembered()]);

  expect(asked).toHaveLength(1);
  expect(new Set(all.map((credentials) => credentials.accessKeyId))).toEqual(new Set(['key-1']));
});

it('asks again shortly before they expire', async () => {
  vi.useFakeTimers({ now: NOON });
  const { provide } = providing(60);
  const remembered = rememberCredentials(provide);
  await remembered();

  vi.setSystemTime(NOON.getTime() + 54 * 60_000);
  expect((await remembered()).accessKeyId).toBe('key-1');
  vi.setSystemTime(NOON.getTime() + 56 * 60_000);
  expect((await remembered()).accessKeyId).toBe('key-2');
});

it('does not remember a failure', async () => {
  let attempts = 0;
  const remembered = rememberCredentials(async () => {
    attempts += 1;
    if (attempts === 1) throw new Error('no network');
    return { accessKeyId: 'key', secretAccessKey: 'secret' };
  }, 'arn:aws:iam::111122223333:role/vpc-why');

  await expect(remembered()).rejects.toBeInstanceOf(CredentialsError);
  expect((await remembered()).accessKeyId).toBe('key');
});
