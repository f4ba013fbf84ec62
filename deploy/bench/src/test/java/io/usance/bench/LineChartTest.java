package io.usance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.usance.bench.LineChart.Point;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LineChartTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "5, 1", "5.1, 2", "0.3, 0.1", "48000, 10000", "100, 20", "101, 25", "130, 50"})
    void ticks_are_round_and_reach_to_the_greatest_value(double greatest, double step) {
        assertThat(LineChart.step(greatest)).isEqualTo(step, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void a_chart_is_xml_in_which_every_point_is_inside() throws Exception {
        String svg = new LineChart("A < B & C", "seconds", "events/s")
                .curve("accepted", List.of(new Point(0, 0), new Point(30, 41_000), new Point(60, 12)))
                .curve("counted", List.of(new Point(1, 5), new Point(60, 39_000)))
                .svg();
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList curves = document.getElementsByTagName("polyline");
        assertThat(curves.getLength()).isEqualTo(2);
        for (int i = 0; i < curves.getLength(); i++) {
            String[] points = curves.item(i)
                    .getAttributes()
                    .getNamedItem("points")
                    .getNodeValue()
                    .strip()
                    .split(" ", -1);
            for (String point : points) {
                String[] place = point.split(",", -1);
                assertThat(Double.parseDouble(place[0])).isBetween(0.0, 760.0);
                assertThat(Double.parseDouble(place[1])).isBetween(0.0, 340.0);
            }
        }
        assertThat(svg).contains("A &lt; B &amp; C").contains("accepted").contains("50,000");
    }

    @Test
    void a_curve_without_points_is_an_empty_chart() {
        assertThat(new LineChart("Nothing", "seconds", "events")
                        .curve("none", List.of())
                        .svg())
                .contains("<svg")
                .doesNotContain("NaN");
    }
}
