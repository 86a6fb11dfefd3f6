package dev.posbridge.vendor.format.dbf;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.yaml.Section;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;

/** {@code format: {type: dbf}}: dBASE tables. Their code page byte is mostly unset, so the profile says the encoding. */
public final class DbfType implements FormatType {
    @Override
    public List<String> words() {
        return List.of("dbf");
    }

    @Override
    public Plan read(Section format) {
        format.requireKey("encoding");
        Charset encoding = FormatKeys.encoding(format);
        Set<String> optional = Columns.folded(FormatKeys.texts(format.words("optional")));
        List<String> known = FormatKeys.texts(format.words("columns"));
        return new Plan(known, (columns, drop) -> new DbfFormat(encoding, optional, columns, drop));
    }
}
