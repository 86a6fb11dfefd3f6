package dev.posbridge.vendor;

import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.format.dbf.DbfType;
import dev.posbridge.vendor.format.delimited.DelimitedType;
import dev.posbridge.vendor.format.fixed.FixedType;
import dev.posbridge.vendor.format.sheet.SheetType;
import dev.posbridge.vendor.format.tree.TreeType;
import dev.posbridge.vendor.yaml.Section;
import java.util.List;

/** Reads {@code format}: finds the kind of file, which reads its own keys. */
final class FormatReader {
    /** The kinds there are; a new one is registered here. */
    private static final List<FormatType> TYPES =
            List.of(new DelimitedType(), new FixedType(), new DbfType(), new SheetType(), new TreeType());

    private FormatReader() {}

    static FormatType.Plan read(Section format) {
        format.requireKey("type");
        FormatType.Plan plan = readKeys(format);
        format.refuseUnknown();
        return plan;
    }

    /** The same among other keys; without a word about the type the first is meant. */
    static FormatType.Plan readKeys(Section section) {
        List<String> words =
                TYPES.stream().flatMap(type -> type.words().stream()).toList();
        String word = section.choice("type", words, words.get(0));
        return TYPES.stream()
                .filter(type -> type.words().contains(word))
                .findFirst()
                .orElseThrow()
                .read(section);
    }
}
