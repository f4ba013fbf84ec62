package io.usance.kernel.time;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Time zones with every oddity that a calendar has to offer. */
public final class Zones {
    /**
     * No oddity, the seasons of both hemispheres, odd offsets, a change by 30 minutes or two hours, a change at
     * midnight, a winter that is summer, and days left out.
     */
    public static final List<ZoneId> ODD = Stream.of(
                    "UTC",
                    "Europe/Berlin",
                    "America/New_York",
                    "America/St_Johns",
                    "America/Sao_Paulo",
                    "America/Havana",
                    "Australia/Lord_Howe",
                    "Antarctica/Troll",
                    "Africa/Casablanca",
                    "Europe/Dublin",
                    "Asia/Kathmandu",
                    "Asia/Gaza",
                    "Pacific/Apia",
                    "Pacific/Kwajalein",
                    "Pacific/Kiritimati",
                    "+05:45")
            .map(ZoneId::of)
            .toList();

    private Zones() {}
}
