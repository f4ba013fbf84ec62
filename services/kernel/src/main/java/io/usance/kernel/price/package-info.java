/** What a number costs: prices, the terms around them, and the lines that come out. */
package io.usance.kernel.price;
