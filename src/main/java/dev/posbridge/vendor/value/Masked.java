package dev.posbridge.vendor.value;

/** Personal data in messages: enough to recognise a typing error, too little to reach anybody. */
public final class Masked {
    private Masked() {}

    /** All but the last two characters. */
    static String phone(String number) {
        int kept = Math.min(2, number.length() / 2);
        return "*".repeat(number.length() - kept) + number.substring(number.length() - kept);
    }

    /** A phone number or an e-mail address. */
    public static String contact(String words) {
        return words.indexOf('@') > 0 ? email(words) : phone(words);
    }

    /** All of the name but its first character; what follows the @ says where the error is. */
    static String email(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, 1) + "***" + (at > 0 ? address.substring(at) : "");
    }
}
