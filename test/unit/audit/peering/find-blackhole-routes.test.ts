import { describe, expect, it } from 'vitest';
import { nat, pcx, rtb } from '../../../support/ids.ts';
import { accepter, auditPeerings, kindsOf, requester, theFinding, toShared } from '../../../support/peered-vpcs.ts';
import { blackhole, route, viaNatGateway, viaPeering } from '../../../support/routes.ts';

describe('a deleted connection', () => {
  it('is told while routes still name it', () => {
    const report = auditPeerings(requester([blackhole(toShared())], { status: 'deleted' }));

    expect(report.findings).toMatchObject([
      {
        id: `peering-deleted-but-routed:${pcx('shared')}`,
        severity: 'high',
        objects: [{ id: pcx('shared') }, { id: rtb('app') }],
      },
    ]);
  });

  it('is told by its routes when the API has forgotten it', () => {
    const forgotten = requester([toShared(), blackhole(route('10.7.0.0/16', viaPeering('old')))]);
    const report = auditPeerings(forgotten, accepter());

    expect(theFinding(report, 'peering-deleted-but-routed')?.fault).toMatchObject({ peeringId: pcx('old') });
    expect(theFinding(report, 'peering-deleted-but-routed')?.fault).not.toHaveProperty('peering');
  });

  it('is tidying up where no subnet uses the table', () => {
    const unused = requester([]).routeTable('spare', [blackhole(toShared())], { on: [] });
    const deleted = requester([], { status: 'deleted' }).routeTable('spare', [blackhole(toShared())], { on: [] });

    expect(theFinding(auditPeerings(deleted), 'peering-deleted-but-routed')).toMatchObject({ severity: 'low' });
    expect(theFinding(auditPeerings(unused), 'blackhole-routes')).toMatchObject({ severity: 'low' });
  });

  it('is forgotten by us too when nothing routes to it', () => {
    expect(kindsOf(auditPeerings(requester([], { status: 'deleted' })))).toEqual([]);
  });
});

describe('a route that drops what it attracts', () => {
  it('is told with its target, once a target and table', () => {
    const lost = [blackhole(route('0.0.0.0/0', viaNatGateway('gone'))), toShared()];
    const report = auditPeerings(requester(lost), accepter());

    expect(report.findings).toMatchObject([
      {
        id: `blackhole-routes:${rtb('app')}:${nat('gone')}`,
        severity: 'high',
        fault: { target: { kind: 'nat-gateway', id: nat('gone') }, routes: [{ tableId: rtb('app') }] },
      },
    ]);
  });

  it('is told of a connection that waits to be accepted', () => {
    const status = { status: 'pending-acceptance', expiresAt: '2026-11-29T12:00:00Z' };

    expect(kindsOf(auditPeerings(requester([blackhole(toShared())], status)))).toEqual(['blackhole-routes']);
  });

  it('is not told of routes that work', () => {
    const works = [route('0.0.0.0/0', viaNatGateway('nat')), toShared()];

    expect(kindsOf(auditPeerings(requester(works), accepter()))).toEqual([]);
  });
});
