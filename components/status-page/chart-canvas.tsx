'use client';

import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Line } from './line.ts';
import { useLook } from '../ui/use-look.ts';

export interface ChartCanvasProps {
  /** Ms since 1970, ascending. */
  times: readonly number[];
  lines: readonly Line[];
  /** The value of the top line. */
  top: number;
  /** What the width stands for, in ms. */
  span: number;
}

const LINE_PX = 1.5;

/** The drawing alone: lines from nothing to `top`. Its colours are the page's, and read again when those change. */
export function ChartCanvas({ times, lines, top, span }: ChartCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const look = useLook();
  const range = useRef({ top, span, end: 0 });
  range.current = { top, span, end: (times.at(-1) ?? 0) / 1_000 };
  const shape = lines.map(({ color, filled }) => `${color} ${String(filled)}`).join();

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const plot = new UPlot(
      {
        width: element.clientWidth,
        height: element.clientHeight,
        padding: [0, 0, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        axes: [{ show: false }, { show: false }],
        scales: {
          x: { time: false, range: () => [range.current.end - range.current.span / 1_000, range.current.end] },
          y: { range: () => [0, range.current.top] },
        },
        series: [
          {},
          ...lines.map(({ color, filled }) => ({
            stroke: resolved(element, `var(${color})`),
            width: LINE_PX,
            points: { show: false },
            ...(filled && { fill: resolved(element, `color-mix(in oklab, var(${color}) 12%, transparent)`) }),
          })),
        ],
      },
      [[], ...lines.map(() => [])],
      element,
    );
    chart.current = plot;
    const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: element.clientHeight }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      chart.current = null;
      plot.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `shape` stands for what of the lines is not their values
  }, [look, shape]);

  useEffect(() => {
    chart.current?.setData([times.map((at) => at / 1_000), ...lines.map(({ values }) => [...values])]);
  });

  return <div ref={place} className="absolute inset-0" />;
}

/** A colour as a canvas understands it: tokens are `light-dark()`, which only elements can settle. */
function resolved(element: HTMLElement, color: string): string {
  const probe = document.createElement('span');
  probe.style.color = color;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
