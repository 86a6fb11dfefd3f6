/**
 * Gameball's stand-in over real HTTP: strict where the documentation speaks, and able to fail in the ways that real
 * services fail. It shares no code with the client it judges. See docs/sandbox.md.
 */
package dev.posbridge.sandbox;
