import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BullMQOtel } from 'bullmq-otel';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';

export interface Tracing {
  /** Carries the trace through the queue. */
  readonly telemetry: BullMQOtel;
  /** Sends what is left, within a few seconds. */
  readonly stop: () => Promise<void>;
}

/**
 * Traces from the command through the queue to each call of AWS, to wherever `OTEL_EXPORTER_OTLP_ENDPOINT` says. The
 * exporter reads that and its kin itself: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function startTracing(processor: SpanProcessor = new BatchSpanProcessor(new OTLPTraceExporter())): Tracing {
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  return { telemetry: new BullMQOtel({ tracerName: 'vpc-why' }), stop: () => provider.shutdown() };
}
