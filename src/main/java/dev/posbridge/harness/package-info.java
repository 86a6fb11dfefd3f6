/** Switches for {@code bench/} and tests: where the process dies, which guard is off. None is a setting; all are refused before a Gameball that is not on this machine. */
package dev.posbridge.harness;
