import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { Point } from './windows';

const COLORS = ['usance.7', 'orange.6', 'indigo.5', 'pink.6', 'lime.7', 'cyan.6', 'grape.5', 'gray.5'];

interface Props {
  points: Point[];
  series: string[];
  label: string;
}

/** Usage as stacked bars, one for each window. The table below says the same in exact figures. */
export function UsageChart({ points, series, label }: Props) {
  const named = series.map((name, i) => ({ name, color: COLORS[i] ?? 'gray.5' }));
  return (
    <div role="img" aria-label={label}>
      <BarChart
        h={280}
        data={points}
        dataKey="window"
        type="stacked"
        series={named}
        withLegend={series.length > 1}
        tickLine="none"
        xAxisProps={{ minTickGap: 28 }}
        yAxisProps={{ width: 64 }}
        valueFormatter={(value) => value.toLocaleString()}
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
