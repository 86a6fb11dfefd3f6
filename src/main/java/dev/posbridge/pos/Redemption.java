package dev.posbridge.pos;

import java.util.List;

/** What a customer redeemed with a sale: a hold on points, a lock on coupons, or coupon codes. Each may be null. */
public record Redemption(String pointsHoldReference, String couponsLockReference, List<String> couponCodes) {
    public Redemption {
        couponCodes = couponCodes == null ? List.of() : List.copyOf(couponCodes);
    }
}
