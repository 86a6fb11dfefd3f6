/**
 * Takes files in: claims, streams and stores them by the chunk, trusts or rejects each as a whole, and puts it away. What
 * comes in is data, never an instruction.
 */
package dev.posbridge.intake;
