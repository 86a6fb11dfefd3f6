/** What keeps the log short when the same thing goes wrong a thousand times. */
package dev.posbridge.log;
