/** How events become one number: reading values, folding them, and the windows and filters usage is shown by. */
package io.usance.kernel.meter;
