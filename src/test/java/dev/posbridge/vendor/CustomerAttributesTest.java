package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerAttributesTest {
    private static final Path FOLDER = Path.of("src/test/resources/vendors/riyadh");

    @Test
    void countsWhatWasLeftOutOfCustomers() throws IOException {
        Profile profile = Profiles.in(FOLDER).named("riyadh");
        try (Document document = profile.open("day.csv", Files.newInputStream(FOLDER.resolve("attributes/day.csv")))) {
            while (document.hasNext()) {
                document.translate(document.next());
            }
            assertThat(document.drops())
                    .isEqualTo(Map.of(
                            "email", 3L,
                            "date-of-birth", 3L,
                            "gender", 2L,
                            "first-name", 3L,
                            "preferred-language", 2L));
        }
    }
}
