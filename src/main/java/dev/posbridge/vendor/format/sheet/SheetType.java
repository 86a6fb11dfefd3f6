package dev.posbridge.vendor.format.sheet;

import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.List;

/** {@code format: {type: xlsx}}. */
public final class SheetType implements FormatType {
    @Override
    public List<String> words() {
        return List.of("xlsx");
    }

    @Override
    public Plan read(Section format) {
        Word sheet = format.word("sheet");
        SheetSettings settings = new SheetSettings(
                sheet == null ? null : sheet.text(),
                FormatKeys.count(format, "header-row", 1),
                FormatKeys.texts(format.words("columns")),
                FormatKeys.texts(format.words("optional")),
                FormatKeys.maxRow(format),
                FormatKeys.count(format, "max-columns", 1_000),
                (long) FormatKeys.count(format, "max-mebibytes", 256) << 20);
        return new Plan(settings.columns(), (columns, drop) -> new SheetFormat(settings, columns, drop));
    }
}
