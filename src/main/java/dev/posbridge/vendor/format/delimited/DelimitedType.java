package dev.posbridge.vendor.format.delimited;

import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.List;
import java.util.Locale;

/** {@code format: {type: csv}}: text whose fields a delimiter parts. */
public final class DelimitedType implements FormatType {
    @Override
    public List<String> words() {
        return List.of("csv");
    }

    @Override
    public Plan read(Section format) {
        CsvSettings settings = settings(format);
        return new Plan(settings.columns(), (columns, drop) -> new CsvFormat(settings, columns, drop));
    }

    private static CsvSettings settings(Section format) {
        boolean header = format.flag("header", true);
        if (!header) {
            format.requireKey("columns");
        }
        CsvSettings settings = new CsvSettings(
                character(format, "delimiter", ','),
                character(format, "quote", '"'),
                FormatKeys.encoding(format),
                header,
                FormatKeys.texts(format.words("columns")),
                FormatKeys.texts(format.words("optional")),
                format.flag("trim", true),
                FormatKeys.maxRow(format),
                FormatKeys.count(format, "max-columns", 1_000),
                format.choice("final-newline", List.of("required", "optional"), "optional")
                        .equals("required"));
        if (settings.delimiter() == settings.quote()) {
            format.problem("delimiter and quote are the same character.");
        }
        return settings;
    }

    private static char character(Section section, String key, char otherwise) {
        Word word = section.word(key);
        if (word == null) {
            return otherwise;
        }
        switch (word.text().toLowerCase(Locale.ROOT)) {
            case "tab":
                return '\t';
            case "none":
                if (key.equals("quote")) {
                    return CsvSettings.NO_QUOTE;
                }
                break;
            default:
                if (word.text().length() == 1 && "\r\n".indexOf(word.text()) < 0) {
                    return word.text().charAt(0);
                }
        }
        word.problem("\"" + key + "\" is \"" + word.text() + "\", expected one character"
                + (key.equals("quote") ? ", or none." : ", or tab."));
        return otherwise;
    }
}
