package dev.posbridge.vendor.value;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows of most mobile numbers that tills write, digits behind a 0, that they are one: by the library's own patterns of the
 * region, put together into one. The library itself goes through twenty of them, twice, and takes eight times as long. Of
 * whatever is not plain it says nothing. Thread-safe.
 */
final class PlainMobiles {
    /** Which the library takes off where it is dialled inside the country only. */
    private static final String PREFIX = "0";

    private static final Map<String, Optional<PlainMobiles>> REGIONS = new ConcurrentHashMap<>();

    private final String code;
    private final Pattern abroad;
    private final Pattern inside;
    private final Pattern mobile;
    private final List<Integer> lengths;

    private PlainMobiles(PhoneMetadata region) {
        this.code = "+" + region.getCountryCode();
        this.abroad = Pattern.compile(region.getInternationalPrefix());
        this.inside = Pattern.compile(region.getNationalPrefixForParsing());
        String others = Stream.of(
                        region.getPremiumRate(),
                        region.getTollFree(),
                        region.getSharedCost(),
                        region.getVoip(),
                        region.getPersonalNumber(),
                        region.getPager(),
                        region.getUan(),
                        region.getVoicemail(),
                        region.getFixedLine())
                .map(PhoneNumberDesc::getNationalNumberPattern)
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern -> "(?:" + pattern + ")")
                .collect(Collectors.joining("|", "(?!(?:", ")$)"));
        this.mobile = Pattern.compile("(?=(?:" + region.getGeneralDesc().getNationalNumberPattern() + ")$)" + others
                + "(?:" + region.getMobile().getNationalNumberPattern() + ")");
        this.lengths = region.getMobile().getPossibleLengthCount() > 0
                ? region.getMobile().getPossibleLengthList()
                : region.getGeneralDesc().getPossibleLengthList();
    }

    /**
     * The number as E.164.
     *
     * @param region two letters, or null
     * @param text as it was written
     * @return null where the library has to be asked
     */
    static String e164(String region, String text) {
        return region == null
                ? null
                : REGIONS.computeIfAbsent(region, PlainMobiles::of)
                        .map(plain -> plain.e164(text))
                        .orElse(null);
    }

    /** Only of regions where one country code, one prefix and one kind of number mean what they seem to. */
    private static Optional<PlainMobiles> of(String name) {
        PhoneMetadata region =
                PhoneNumberUtil.getInstance().getSupportedRegions().contains(name)
                        ? DefaultMetadataDependenciesProvider.getInstance()
                                .getPhoneNumberMetadataSource()
                                .getMetadataForRegion(name)
                        : null;
        boolean plain = region != null
                && PREFIX.equals(region.getNationalPrefix())
                && region.getNationalPrefixTransformRule().isEmpty()
                && !region.hasLeadingDigits()
                && !region.getSameMobileAndFixedLinePattern()
                && !region.getMobile().getNationalNumberPattern().isEmpty()
                && name.equals(PhoneNumberUtil.getInstance().getRegionCodeForCountryCode(region.getCountryCode()));
        return plain ? Optional.of(new PlainMobiles(region)) : Optional.empty();
    }

    private String e164(String text) {
        if (!text.startsWith(PREFIX)
                || text.startsWith(PREFIX, PREFIX.length())
                || !lengths.contains(text.length() - PREFIX.length())
                || abroad.matcher(text).lookingAt()
                || !isTakenOff(text)) {
            return null;
        }
        String number = text.substring(PREFIX.length());
        return mobile.matcher(number).matches() && !isOneDigit(number) ? code + number : null;
    }

    private boolean isTakenOff(String text) {
        Matcher taken = inside.matcher(text);
        return taken.groupCount() == 0 && taken.lookingAt() && taken.end() == PREFIX.length();
    }

    private static boolean isOneDigit(String number) {
        return number.chars().allMatch(digit -> digit == number.charAt(0));
    }
}
