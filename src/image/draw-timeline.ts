import type { EChartsOption } from 'echarts';
import { exactly, roughly } from '../explain/phrase.ts';
import { formatUtc } from '../lang/utc.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { TimelinePicture } from '../picture/answer-picture.ts';
import { drawText } from '../picture/draw-text.ts';
import { CHART_COLOURS, GROUND } from '../picture/palette.ts';
import { tag, type Drawing } from '../picture/svg.ts';
import { FONT_FAMILY } from '../picture/text-width.ts';
import { wrapText } from '../picture/wrap-text.ts';

const CHART_HEIGHT = 288;
const TITLE = { size: 17, bold: true } as const;
const REMARK = { size: 15 } as const;
const LINE = 20;

/**
 * Accepted and rejected records over time, each in a panel of its own with a scale of its own: told apart by place and
 * title rather than by colour, and three rejects stay visible beside ten thousand accepts.
 */
export async function drawTimeline(timeline: TimelinePicture, width: number): Promise<Drawing> {
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: CHART_HEIGHT });
  try {
    chart.setOption(optionOf(timeline, width));
    const remarks = remarksOf(timeline).flatMap((text) => wrapText(text, REMARK, { width, most: 2 }));
    const head = drawText({ text: headOf(timeline), x: 0, baseline: TITLE.size, style: TITLE }, GROUND.soft);
    const body = tag('g', { transform: 'translate(0 24)' }, withoutCounters(chart.renderToSVGString()));
    const below = remarks.map((text, index) =>
      drawText({ text, x: 0, baseline: 24 + CHART_HEIGHT + 16 + index * LINE, style: REMARK }, CHART_COLOURS.change),
    );
    return { width, height: 24 + CHART_HEIGHT + remarks.length * LINE, body: [head, body, ...below].join('') };
  } finally {
    chart.dispose();
  }
}

/**
 * Ids and classes are numbered through the process, so that the same timeline would give another text each time; the
 * classes and their style are for a pointer that hovers.
 */
function withoutCounters(svg: string): string {
  return svg
    .replaceAll(/<style.*?<\/style>/gs, '')
    .replaceAll(/ class="zr[\w-]+"/g, '')
    .replaceAll(/\bzr\d+-/g, 'timeline-');
}

function headOf(timeline: TimelinePicture): string {
  const days = [timeline.start, endOf(timeline)].map((time) => formatUtc(time).slice(0, 'YYYY-MM-DD'.length));
  return `Flow records over time, ${[...new Set(days)].join(' to ')}, UTC`;
}

/** What the letters in the chart stand for. */
function remarksOf({ changes, dataUntil }: TimelinePicture): readonly string[] {
  return [
    ...changes.map(({ at, label }, index) => `${letterOf(index)}  ${clock(at, 'HH:MM:SS')}  ${label}`),
    ...(dataUntil === undefined
      ? []
      : [`Grey: after ${clock(dataUntil, 'HH:MM')} records may not have been delivered yet`]),
  ];
}

function letterOf(index: number): string {
  return String.fromCodePoint('A'.charCodeAt(0) + index);
}

interface Panel {
  readonly name: string;
  readonly counts: readonly number[];
  readonly colour: string;
  readonly top: number;
  readonly isLast: boolean;
}

const LEFT = 58;
const RIGHT = 26;
const PANEL_HEIGHT = 84;
const LETTERS = { fontFamily: FONT_FAMILY, fontSize: 15, color: GROUND.text } as const;

function optionOf(timeline: TimelinePicture, width: number): EChartsOption {
  const panels = panelsOf(timeline);
  return {
    animation: false,
    textStyle: LETTERS,
    title: panels.map(({ name, top }) => ({
      text: name,
      left: 0,
      padding: 0,
      top: top - 27,
      textStyle: { ...LETTERS, fontWeight: 'bold' },
    })),
    grid: panels.map(({ top }) => ({ left: LEFT, right: RIGHT, top, height: PANEL_HEIGHT })),
    xAxis: panels.map((panel, index) => timeAxis(timeline, { isLabelled: panel.isLast, index })),
    yAxis: panels.map(({ counts }, index) => countAxis(counts, index)),
    series: panels.map((panel, index) => bars(timeline, { panel, index, width })),
  };
}

function panelsOf({ accepted, rejected, acceptedAre }: TimelinePicture): readonly Panel[] {
  const passed = acceptedAre === 'requests' ? 'Requests accepted' : 'Accepted';
  const { accepted: green, rejected: red } = CHART_COLOURS;
  return [
    { name: `${passed}: ${totalOf(accepted)}`, counts: accepted, colour: green, top: 34, isLast: false },
    { name: `Rejected: ${totalOf(rejected)}`, counts: rejected, colour: red, top: 164, isLast: true },
  ];
}

function totalOf(counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 'none' : roughly(total, 'record');
}

function timeAxis(timeline: TimelinePicture, { isLabelled, index }: { isLabelled: boolean; index: number }): object {
  const { start } = timeline;
  const end = endOf(timeline);
  const ticks = { customValues: ticksBetween(start, end) };
  return {
    type: 'value',
    gridIndex: index,
    // Bars at the edges must not widen the axis: both panels and the ticks stand on the window.
    containShape: false,
    min: start,
    max: end,
    axisLine: { lineStyle: { color: GROUND.soft } },
    axisTick: { show: true, ...ticks },
    splitLine: { show: false },
    axisLabel: { ...LETTERS, show: isLabelled, ...ticks, formatter: (time: number) => clock(time, 'HH:MM') },
  };
}

function countAxis(counts: readonly number[], index: number): object {
  const most = Math.max(1, ...counts);
  return {
    type: 'value',
    gridIndex: index,
    min: 0,
    max: most,
    interval: most,
    axisLabel: { ...LETTERS, formatter: (count: number) => brief(count) },
    splitLine: { lineStyle: { color: GROUND.line } },
  };
}

/** `1,234` has room, a million has not. */
function brief(count: number): string {
  if (count < 10_000) return exactly(count);
  return count < 1e6 ? `${Math.round(count / 1e3)} k` : `${Math.round(count / 1e5) / 10} M`;
}

interface Bars {
  readonly panel: Panel;
  readonly index: number;
  readonly width: number;
}

function bars(timeline: TimelinePicture, { panel, index, width }: Bars): object {
  const { start, stretchSeconds, changes } = timeline;
  const { counts, colour } = panel;
  return {
    type: 'bar',
    xAxisIndex: index,
    yAxisIndex: index,
    barWidth: Math.max(2, (width - LEFT - RIGHT) / counts.length - 2),
    itemStyle: { color: colour },
    data: counts.map((count, number) => [start + (number + 0.5) * stretchSeconds, count]),
    markLine: {
      symbol: 'none',
      silent: true,
      lineStyle: { color: CHART_COLOURS.change, width: 2, type: 'dashed' },
      label: { ...LETTERS, show: !panel.isLast, color: CHART_COLOURS.change, fontWeight: 'bold', formatter: '{b}' },
      data: changes.map(({ at }, number) => ({ name: letterOf(number), xAxis: at })),
    },
    markArea: { silent: true, itemStyle: { color: CHART_COLOURS.unseen }, data: unseen(timeline) },
  };
}

function unseen(timeline: TimelinePicture): readonly object[] {
  const { dataUntil, start } = timeline;
  return dataUntil === undefined ? [] : [[{ xAxis: Math.max(start, dataUntil) }, { xAxis: endOf(timeline) }]];
}

function endOf({ start, stretchSeconds, rejected }: TimelinePicture): EpochSeconds {
  return start + rejected.length * stretchSeconds;
}

/** Round times, six at most. */
function ticksBetween(start: EpochSeconds, end: EpochSeconds): readonly EpochSeconds[] {
  const step =
    STEPS.find((seconds) => (end - start) / seconds <= MOST_TICKS) ??
    86_400 * Math.ceil((end - start) / 86_400 / MOST_TICKS);
  const first = Math.ceil(start / step) * step;
  return Array.from({ length: Math.floor((end - first) / step) + 1 }, (_, index) => first + index * step);
}

const MOST_TICKS = 6;
const STEPS = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

function clock(time: EpochSeconds, shape: 'HH:MM' | 'HH:MM:SS'): string {
  return formatUtc(time).slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDT'.length + shape.length);
}
