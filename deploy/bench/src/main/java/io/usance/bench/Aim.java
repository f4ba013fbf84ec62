package io.usance.bench;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * What is wanted beside what was measured.
 *
 * @param missedBy how far the measured value is from the wanted one, as a share of the wanted; 0 when it is met
 */
record Aim(String what, String wanted, String measured, double missedBy) {
    static Aim atLeast(String what, double wanted, double measured, DoubleFunction<String> format) {
        return new Aim(
                what,
                "at least " + format.apply(wanted),
                format.apply(measured),
                Math.max(0, (wanted - measured) / wanted));
    }

    static Aim atMost(String what, double wanted, double measured, DoubleFunction<String> format) {
        return new Aim(
                what,
                "at most " + format.apply(wanted),
                format.apply(measured),
                Math.max(0, (measured - wanted) / wanted));
    }

    String verdict() {
        return missedBy == 0 ? "met" : "missed by " + percent(missedBy);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
    }

    static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f/s", rate);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
