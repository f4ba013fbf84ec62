package io.usance.subscription.subscription.model;

import io.usance.kernel.time.BillingAnchor;
import io.usance.kernel.time.Cadence;
import io.usance.kernel.time.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From when to when a subscription runs, and how that time is divided: into phases one after the other, and into billing
 * periods that are counted from the anchor. A phase ends the billing period that it begins in.
 *
 * @param activeFrom inclusive
 * @param activeTo exclusive, after {@code activeFrom}; null for no end
 * @param phaseStarts of every phase of the plan, also of those after the end; ascending, the first is {@code activeFrom}
 */
public record Term(Instant activeFrom, Instant activeTo, BillingAnchor billing, List<Instant> phaseStarts) {
    public Term {
        if (activeTo != null && !activeTo.isAfter(activeFrom)) {
            throw new IllegalArgumentException("empty term: " + activeFrom + " to " + activeTo);
        }
        phaseStarts = List.copyOf(phaseStarts);
        if (phaseStarts.isEmpty() || !phaseStarts.getFirst().equals(activeFrom)) {
            throw new IllegalArgumentException("the first phase starts with the term, at " + activeFrom);
        }
        for (int i = 1; i < phaseStarts.size(); i++) {
            if (!phaseStarts.get(i).isAfter(phaseStarts.get(i - 1))) {
                throw new IllegalArgumentException("phases start one after the other: " + phaseStarts);
            }
        }
    }

    /**
     * A term without end.
     *
     * @param phaseDurations of every phase but the last
     */
    public static Term from(Instant activeFrom, BillingAnchor billing, List<Cadence> phaseDurations) {
        List<Instant> starts = new ArrayList<>();
        starts.add(activeFrom);
        Cadence sinceStart = null;
        for (Cadence duration : phaseDurations) {
            sinceStart = sinceStart == null ? duration : sinceStart.plus(duration);
            starts.add(sinceStart.after(activeFrom));
        }
        return new Term(activeFrom, null, billing, starts);
    }

    public SubscriptionStatus statusAt(Instant now) {
        if (activeFrom.isAfter(now)) {
            return SubscriptionStatus.SCHEDULED;
        }
        if (activeTo == null) {
            return SubscriptionStatus.ACTIVE;
        }
        return activeTo.isAfter(now) ? SubscriptionStatus.CANCELED : SubscriptionStatus.INACTIVE;
    }

    /** The phases that the term reaches, cut off where it ends. */
    public List<Span> phases() {
        List<Span> phases = new ArrayList<>();
        for (int i = 0; i < phaseStarts.size(); i++) {
            Instant start = phaseStarts.get(i);
            Instant next = i + 1 < phaseStarts.size() ? phaseStarts.get(i + 1) : null;
            if (activeTo == null || start.isBefore(activeTo)) {
                phases.add(new Span(start, next == null || isOver(next) ? activeTo : next));
            }
        }
        return phases;
    }

    /** The billing period that is going on, cut off where the term begins and ends; empty while it does not run. */
    public Optional<Period> currentPeriodAt(Instant now) {
        SubscriptionStatus status = statusAt(now);
        return status == SubscriptionStatus.ACTIVE || status == SubscriptionStatus.CANCELED
                ? billingPeriodAt(now).clip(null, activeTo)
                : Optional.empty();
    }

    /**
     * This term with an end.
     *
     * @throws IllegalArgumentException if {@code timing} names another instant than the start of a billing period to come
     */
    public Term cancel(CancelTiming timing, Instant now) {
        return switch (timing) {
            case CancelTiming.Immediate immediate -> endingAt(endOfNow(now));
            case CancelTiming.NextBillingCycle nextCycle ->
                endingAt(billingPeriodAt(now).end());
            case CancelTiming.At at -> endingAt(boundaryToCome(at.end(), now));
        };
    }

    /** This term without an end. */
    public Term unscheduleCancelation() {
        return endingAt(null);
    }

    private Term endingAt(Instant end) {
        return new Term(activeFrom, end, billing, phaseStarts);
    }

    /**
     * Whole seconds, as all periods are. Only in the very second of the start, where that would leave nothing, the end is
     * exact; usage of that second is still the subscription's, and the place is free for another one at once.
     */
    private Instant endOfNow(Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (second.isAfter(activeFrom)) {
            return second;
        }
        return now.isAfter(activeFrom) ? now : activeFrom.plus(1, ChronoUnit.MICROS);
    }

    private Instant boundaryToCome(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("is not in the future; to end it now the timing is immediate");
        }
        Period period = billingPeriodAt(end);
        if (!period.start().equals(end)) {
            throw new IllegalArgumentException(
                    "is within the billing period from %s to %s; it must be at the start of one"
                            .formatted(period.start(), period.end()));
        }
        return end;
    }

    private boolean isOver(Instant instant) {
        return activeTo != null && !instant.isBefore(activeTo);
    }

    /** The billing period of {@code instant}, from the start on, as if there were no end. */
    private Period billingPeriodAt(Instant instant) {
        Instant phaseStart = activeFrom;
        Instant nextPhaseStart = null;
        for (Instant start : phaseStarts) {
            if (start.isAfter(instant)) {
                nextPhaseStart = start;
                break;
            }
            phaseStart = start;
        }
        return billing.periodContaining(instant)
                .clip(phaseStart, nextPhaseStart)
                .orElseThrow();
    }
}
