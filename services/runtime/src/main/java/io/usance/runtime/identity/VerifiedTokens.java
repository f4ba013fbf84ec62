package io.usance.runtime.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import org.jose4j.jwt.NumericDate;

/**
 * Verifies a signed token once and remembers it until it expires. The gateway uses a token for many requests, and checking
 * its signature costs more than all else that a small request needs.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class VerifiedTokens extends JWTCallerPrincipalFactory {
    /** Upper bound on tokens that are remembered; about 5 KB each. */
    private static final int REMEMBERED_MAX = 2_000;

    /** As long as the gateway's tokens live; one that lives longer is verified again from time to time. */
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(60);

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final Cache<String, JWTCallerPrincipal> verified = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .expireAfterWrite(REMEMBERED_FOR)
            .executor(Runnable::run)
            .build();

    /**
     * Who {@code token} speaks for.
     *
     * @throws ParseException if it is not signed by the gateway, not for us, or expired
     */
    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
        JWTCallerPrincipal known = verified.getIfPresent(token);
        // By the clock of the verifier, which is never shifted; after its end the verifier has the word again.
        if (known != null && NumericDate.now().getValue() < known.getExpirationTime()) {
            return known;
        }
        JWTCallerPrincipal caller = verifier.parse(token, rules);
        verified.put(token, caller);
        return caller;
    }
}
