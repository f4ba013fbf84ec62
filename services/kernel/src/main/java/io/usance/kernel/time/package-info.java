/** Periods, and the calendar they are counted on. */
package io.usance.kernel.time;
