package io.usance.contracts.catalog;

import java.math.BigDecimal;

/**
 * What the tokens of a language model cost, in USD for one token, each ≥ 0.
 *
 * @param cacheReadPerToken for input that the provider had kept; null when no such price is known
 * @param cacheWritePerToken for input that the provider keeps; null when no such price is known
 * @param reasoningPerToken for thinking that is not shown; null when no such price is known
 */
public record LlmPricing(
        BigDecimal inputPerToken,
        BigDecimal outputPerToken,
        BigDecimal cacheReadPerToken,
        BigDecimal cacheWritePerToken,
        BigDecimal reasoningPerToken) {
    /**
     * What a token of a type costs; null when it is not known.
     *
     * @param tokenType in the wire's words; {@code request} is input and {@code response} is output
     */
    public BigDecimal of(String tokenType) {
        return switch (tokenType) {
            case "input", "request" -> inputPerToken;
            case "output", "response" -> outputPerToken;
            case "cache_read" -> cacheReadPerToken;
            case "cache_write" -> cacheWritePerToken;
            case "reasoning" -> reasoningPerToken;
            default -> null;
        };
    }
}
