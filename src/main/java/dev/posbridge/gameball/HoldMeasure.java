package dev.posbridge.gameball;

import java.math.BigDecimal;

/** How much to hold: exactly one is not null. A rule's id is a number. */
public record HoldMeasure(Long points, BigDecimal amount, String ruleId) {}
