package dev.posbridge.pos;

import java.math.BigDecimal;

/**
 * What a file may come to before somebody has to look at it; null for what has no limit.
 *
 * @param records most records in a file
 * @param total most that its sales may come to
 * @param meanBasket most that was paid for a sale on average
 * @param largestOrder most that was paid for one sale
 * @param refundShare of its records, 0.3 for 30 %
 * @param newCustomerShare of its customers, those whom nobody had heard of
 * @param timesMedian how many times what its store usually comes to on that day of the week; 0 for any
 * @param customerSales most sales of one customer on one day; 0 for any
 * @param customerStores most stores that one customer visits on one day; 0 for any
 */
public record FileLimits(
        Integer records,
        BigDecimal total,
        BigDecimal meanBasket,
        BigDecimal largestOrder,
        BigDecimal refundShare,
        BigDecimal newCustomerShare,
        int timesMedian,
        int customerSales,
        int customerStores) {

    /**
     * A Friday before Christmas brings three to eight times a Friday, so ten times is no shop's day. Fifty receipts are one
     * every quarter of an hour from opening to closing, and nobody shops in twelve branches a day.
     */
    public static final FileLimits DEFAULT = new FileLimits(null, null, null, null, null, null, 10, 50, 12);
}
