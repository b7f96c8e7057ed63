import { expect, it } from 'vitest';
import { clearServicePort } from '../../../src/flowlog/service-port.ts';

it.each([
  { a: 22, b: 50000, service: 22, because: 'ports below 1024 are services' },
  { a: 22, b: 5432, service: 22, because: 'ports below 1024 are services' },
  { a: 5432, b: 2000, service: 5432, because: 'PostgreSQL listens there; clients behind NAT start at 1024' },
  { a: 50051, b: 40000, service: 50051, because: 'gRPC listens there, ephemeral or not' },
  { a: 12345, b: 40000, service: 12345, because: 'Linux clients start at 32768' },
  { a: 53, b: 123, service: undefined, because: 'both are services' },
  { a: 2000, b: 30000, service: undefined, because: 'both may be clients behind NAT' },
  { a: 40000, b: 60000, service: undefined, because: 'both are ephemeral' },
  { a: 5432, b: 5432, service: undefined, because: 'they are the same' },
])('of $a and $b the service is $service: $because (NACL-17)', ({ a, b, service }) => {
  expect(clearServicePort(a, b)).toBe(service);
  expect(clearServicePort(b, a)).toBe(service);
});
