/**
 * Everything in Gameball's own words: requests, answers and what an answer means. Nothing here opens a connection; the
 * routes send. Facts are those of Gameball's public documentation of August 2026.
 */
package dev.posbridge.gameball;
