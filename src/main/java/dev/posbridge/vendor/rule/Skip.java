package dev.posbridge.vendor.rule;

import dev.posbridge.vendor.value.Condition;

/**
 * What a profile leaves out on purpose.
 *
 * @param rowOnly whether only the rows go for which it holds; else their receipt goes with all of its rows
 */
public record Skip(Condition when, boolean rowOnly) {}
