package io.usance.invoicing.usage;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much was used. There is no second source: without an answer there is no amount. */
@ApplicationScoped
public class Usage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Of the subjects in one question, so that it stays well within what a service takes in one body. */
    static final int SUBJECT_CHARACTERS_MAX = 1_000_000;

    @Inject
    UsageOwner owner;

    @Inject
    Clock clock;

    /**
     * One quantity for each line, in their order. Asked at once as far as one question can hold them, else one question
     * after the other.
     *
     * @param lines may be empty; then nobody is asked
     * @return fails with a 503 problem when the owner does not answer
     */
    public Uni<UsageAnswer> totals(String bearer, List<UsageQuestion.Line> lines) {
        if (lines.isEmpty()) {
            return Uni.createFrom().item(new UsageAnswer(clock.instant(), List.of()));
        }
        return Multi.createFrom()
                .iterable(questions(lines))
                .onItem()
                .transformToUniAndConcatenate(question -> owner.ask(bearer, question))
                .collect()
                .asList()
                .map(Usage::together)
                .onFailure()
                .transform(failure -> {
                    Log.warnf("usage was not to be had cause=%s", failure);
                    return Problems.unavailable("usage cannot be read at the moment", RETRY_AFTER);
                });
    }

    private static List<UsageQuestion> questions(List<UsageQuestion.Line> lines) {
        int subjectCharacters = lines.stream()
                .mapToInt(line ->
                        line.subjects().stream().mapToInt(String::length).sum())
                .max()
                .orElseThrow();
        int size = Math.clamp(SUBJECT_CHARACTERS_MAX / Math.max(1, subjectCharacters), 1, UsageQuestion.LINES_MAX);
        List<UsageQuestion> questions = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += size) {
            questions.add(new UsageQuestion(lines.subList(from, Math.min(from + size, lines.size()))));
        }
        return questions;
    }

    /** As of the earliest: what came later is not in all of them. */
    private static UsageAnswer together(List<UsageAnswer> answers) {
        return new UsageAnswer(
                answers.stream()
                        .map(UsageAnswer::asOf)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                answers.stream().flatMap(answer -> answer.quantities().stream()).toList());
    }
}
