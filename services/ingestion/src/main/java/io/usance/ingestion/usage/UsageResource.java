package io.usance.ingestion.usage;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.usage.UsageAnswer;
import io.usance.contracts.usage.UsageQuestion;
import io.usance.runtime.identity.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** What other services ask; the gateway does not route here. */
@Path("/internal/usage")
@Authenticated
class UsageResource {
    @Inject
    Caller caller;

    @Inject
    AnswerUsage answerUsage;

    @POST
    public Uni<UsageAnswer> answer(UsageQuestion question) {
        return answerUsage.answer(caller.namespace(), caller.bearer(), question);
    }
}
