/**
 * What crosses a topic or an internal call, and the public API's description.
 *
 * <p>An event is a past-tense record that says what a consumer needs in order to act without asking back. Beside it stand
 * a JSON Schema, {@code schemas/<service>/<event>.v1.json}, and a sample, {@code golden/<service>/<event>.v1.json}; on the
 * topic it is the {@code data} of an envelope that tells type, namespace, entity and sequence.
 *
 * <p><b>Additions only.</b> Records of yesterday are read by tomorrow's consumers, and tomorrow's by yesterday's: a new
 * property is optional, consumers ignore what they do not know, and nothing is renamed, removed, narrowed or given another
 * meaning. What cannot be said by an addition is another event with another name.
 */
package io.usance.contracts;
