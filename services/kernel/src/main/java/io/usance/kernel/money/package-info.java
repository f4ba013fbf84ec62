/** Amounts that are exact: money with a currency, and its division without loss. */
package io.usance.kernel.money;
