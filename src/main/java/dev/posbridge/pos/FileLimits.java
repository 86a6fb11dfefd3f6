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
     * A Friday before Christmas brings three to eight times a Friday, so ten times is no shop's day. Five hundred receipts
     * are one a minute from opening to closing, more than a caterer or the house's own account comes to, and nobody shops in
     * 25 branches a day. Whose chain is smaller says so in its profiles.
     */
    public static final FileLimits DEFAULT = new FileLimits(null, null, null, null, null, null, 10, 500, 25);
}
