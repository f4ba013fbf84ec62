package io.usance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Curves over a common horizontal axis, as SVG. Both axes begin at 0, so that nothing looks larger than it is. */
final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 340;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 56;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;
    private static final int DOTTED_MAX = 12;
    private static final List<String> COLORS =
            List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf");

    private final String title;
    private final String across;
    private final String up;
    private final List<Curve> curves = new ArrayList<>();

    /** One point of a curve, in the units of the axes. */
    record Point(double x, double y) {}

    private record Curve(String name, List<Point> points) {}

    /**
     * @param across what the horizontal axis shows, with its unit
     * @param up what the vertical axis shows, with its unit
     */
    LineChart(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /** @param points from left to right, each value ≥ 0 */
    LineChart curve(String name, List<Point> points) {
        curves.add(new Curve(name, List.copyOf(points)));
        return this;
    }

    String svg() {
        double right = step(greatest(true)) * TICKS;
        double top = step(greatest(false)) * TICKS;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n".formatted(WIDTH, HEIGHT));
        text(svg, LEFT, 20, "start", "#111111", title);
        text(svg, WIDTH - RIGHT, HEIGHT - 8, "end", "#555555", across);
        text(svg, WIDTH - RIGHT, 20, "end", "#555555", up);
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = right * tick / TICKS;
            double y = top * tick / TICKS;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    place(y, top, false),
                    place(y, top, false)));
            text(svg, LEFT - 8, place(y, top, false) + 4, "end", "#555555", number(y));
            text(svg, place(x, right, true), HEIGHT - BOTTOM + 18, "middle", "#555555", number(x));
        }
        double legend = LEFT;
        for (int i = 0; i < curves.size(); i++) {
            String color = COLORS.get(i % COLORS.size());
            draw(svg, curves.get(i), color, right, top);
            text(svg, legend, 42, "start", color, "■ " + curves.get(i).name());
            legend += 30 + 7.0 * curves.get(i).name().length();
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Curve curve, String color, double right, double top) {
        svg.append("<polyline fill=\"none\" stroke=\"").append(color).append("\" stroke-width=\"1.5\" points=\"");
        for (Point point : curve.points()) {
            svg.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", place(point.x(), right, true), place(point.y(), top, false)));
        }
        svg.append("\"/>\n");
        if (curve.points().size() <= DOTTED_MAX) {
            for (Point point : curve.points()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                        place(point.x(), right, true),
                        place(point.y(), top, false),
                        color));
            }
        }
    }

    private double greatest(boolean horizontal) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> horizontal ? point.x() : point.y())
                .max()
                .orElse(0);
    }

    /** The round number of which {@value #TICKS} reach to {@code greatest}: 1, 2 or 5 and zeros. */
    static double step(double greatest) {
        if (greatest <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(greatest / TICKS)));
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            // A hair more than enough is enough: powers of ten below 1 are not exact.
            if (power * factor * TICKS >= greatest * (1 - 1e-9)) {
                return power * factor;
            }
        }
        return power * 10;
    }

    private static double place(double value, double greatest, boolean horizontal) {
        return horizontal
                ? LEFT + value / greatest * (WIDTH - LEFT - RIGHT)
                : HEIGHT - BOTTOM - value / greatest * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String color, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                color,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
