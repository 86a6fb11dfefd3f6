/** Watches over the service: samples what waits, tells people what is wrong and when it is over, and how the night was. */
package dev.posbridge.watch;
