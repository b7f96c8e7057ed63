import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { parseConfiguration } from '../../../src/config/parse-configuration.ts';

const read = (file: string): string => readFileSync(`deploy/${file}`, 'utf8');
const HEALTH = '/healthz';

const Container = z.object({
  args: z.array(z.string()),
  securityContext: z.object({
    readOnlyRootFilesystem: z.literal(true),
    allowPrivilegeEscalation: z.literal(false),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  livenessProbe: z.object({ httpGet: z.object({ path: z.literal(HEALTH) }) }),
  readinessProbe: z.object({ httpGet: z.object({ path: z.literal('/readyz') }) }),
});
const Deployment = z.object({
  kind: z.literal('Deployment'),
  spec: z.object({
    template: z.object({
      spec: z.object({
        terminationGracePeriodSeconds: z.number().min(30),
        securityContext: z.object({ runAsNonRoot: z.literal(true) }),
        containers: z.tuple([Container]),
      }),
    }),
  }),
});

describe('what is deployed', () => {
  const documents = parseAllDocuments(read('kubernetes/vpc-why.yaml')).map((document) => document.toJS() as unknown);

  it('on Kubernetes runs bots and workers without rights, with time to stop', () => {
    const deployments = documents.flatMap((document) => Deployment.safeParse(document).data ?? []);

    expect(deployments.map(({ spec }) => spec.template.spec.containers[0].args.join(' '))).toEqual([
      'start --role bot',
      'start --role worker',
    ]);
  });

  it('is configured in a way that the bot understands', () => {
    const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(documents[1]);

    expect(() => parseConfiguration(data['vpc-why.yaml']!, 'kubernetes')).not.toThrow();
    expect(() => parseConfiguration(read('vpc-why.yaml'), 'compose')).not.toThrow();
  });

  it('with Compose writes to no file system of its own, and its Redis forgets nothing', () => {
    const { services } = parse(read('compose.yaml'), { merge: true }) as {
      services: Record<string, Record<string, unknown>>;
    };

    for (const name of ['bot', 'worker']) {
      expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '30s' });
    }
    expect(services['redis']).toMatchObject({
      command: ['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
    });
  });

  it('on ECS is one task without rights, its secrets by reference', () => {
    const { containerDefinitions } = JSON.parse(read('ecs/task-definition.json')) as { containerDefinitions: object[] };

    expect(containerDefinitions).toEqual([
      expect.objectContaining({ readonlyRootFilesystem: true, user: 'node', stopTimeout: 30 }),
    ]);
    expect(JSON.stringify(containerDefinitions)).not.toMatch(/xox[bap]-|xapp-/);
  });

  it('as an image is no root, and tells its health', () => {
    const image = readFileSync('Dockerfile', 'utf8');

    expect(image).toMatch(/^USER node$/m);
    expect(image).toContain(HEALTH);
    expect(image).toContain('npm ci --ignore-scripts');
  });

  it('trusts the bot only with an external id', () => {
    expect(read('terraform/main.tf')).toContain('"sts:ExternalId"');
  });
});
