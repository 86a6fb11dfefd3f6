/** Several files that are read together, each in a format of its own, as the rows of one source. */
package dev.posbridge.vendor.format.set;
