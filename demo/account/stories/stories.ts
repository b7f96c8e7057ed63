import type { Story } from '../story.ts';
import { buildCache } from './build-cache.ts';
import { catalogApi } from './catalog-api.ts';
import { invoiceApi } from './invoice-api.ts';
import { jumpHost } from './jump-host.ts';
import { ledgerApi } from './ledger-api.ts';
import { licenseServer } from './license-server.ts';
import { mediaStore } from './media-store.ts';
import { ordersExport } from './orders-export.ts';
import { partnerApi } from './partner-api.ts';
import { paymentsDb } from './payments-db.ts';
import { reportsApi } from './reports-api.ts';
import { searchApi } from './search-api.ts';
import { sessionCache } from './session-cache.ts';
import { stagingApi } from './staging-api.ts';
import { partnerGateway, sandboxRunner } from './unseen.ts';
import { warehouse } from './warehouse.ts';
import { webhookSender } from './webhook-sender.ts';

/** In the order in which the demo offers them: the most telling first. */
export const STORIES: readonly Story[] = [
  paymentsDb,
  ledgerApi,
  reportsApi,
  ordersExport,
  mediaStore,
  webhookSender,
  searchApi,
  partnerApi,
  catalogApi,
  jumpHost,
  sessionCache,
  licenseServer,
  buildCache,
  invoiceApi,
  stagingApi,
  warehouse,
  sandboxRunner,
  partnerGateway,
];
