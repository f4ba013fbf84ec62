import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';

interface Props {
  curve: { quantity: string; total: string }[];
  currency: string;
}

/** What it comes to, over how much is used. Drawn from exact figures that the API has made. */
export default function PriceCurve({ curve, currency }: Props) {
  const points = curve.map(({ quantity, total }) => ({ quantity: Number(quantity), total: Number(total) }));
  return (
    <div role="img" aria-label="Total over quantity">
      <AreaChart
        h={180}
        data={points}
        dataKey="quantity"
        series={[{ name: 'total', label: `Total, ${currency}`, color: 'usance.7' }]}
        curveType="linear"
        withDots={false}
        tickLine="none"
        xAxisProps={{ type: 'number', domain: ['dataMin', 'dataMax'], tickCount: 5 }}
        yAxisProps={{ width: 56 }}
        valueFormatter={(value) => value.toLocaleString()}
        areaChartProps={{ accessibilityLayer: false }}
        areaProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
