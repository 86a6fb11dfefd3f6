package dev.posbridge.console;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ProfileException;
import dev.posbridge.vendor.ProfileHelp;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.draft.ProfileDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * {@code /new-vendor}: a first profile for a file, with its reasons, and what it makes of that file. A profile is written by
 * {@link ProfileDraft} alone: no text that a browser sends ever becomes one.
 */
final class FirstProfilePage {
    private static final String PATH = "/vendors";
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

    private final Workplace workplace;
    private final Site site;

    /** What is asked for; as it was typed. */
    record Wish(String vendor, String currency, String zone, String region) {}

    /**
     * What came of it.
     *
     * @param text null where nothing was asked for yet
     * @param unusable why the profile cannot be used as it is; null where it can
     * @param tried what it makes of the file; null where it cannot be used
     */
    record Shown(Wish wish, String text, List<ProfileHelp.Line> lines, String unusable, Tried tried) {}

    FirstProfilePage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
    }

    Answer form(Visit visit) {
        Wish usual = new Wish(
                "",
                workplace.account().currency(),
                workplace.zone().getId(),
                Locale.getDefault().getCountry().isEmpty()
                        ? "GB"
                        : Locale.getDefault().getCountry());
        return page(visit, new Shown(usual, null, List.of(), null, null));
    }

    Answer draft(Visit visit) {
        return DroppedFile.answer(visit, workplace, file -> {
            Wish wish = wish(visit);
            String text = text(wish, file);
            try (DraftFile draft = DraftFile.of(wish.vendor(), text, file)) {
                Tried tried =
                        Tried.of(visit, workplace, workplace.profiles().read(wish.vendor(), draft.path()), file.path());
                return page(visit, new Shown(wish, text, ProfileHelp.of(text), null, tried));
            } catch (ProfileException unusable) {
                return page(visit, new Shown(wish, text, ProfileHelp.of(text), unusable.getMessage(), null));
            }
        });
    }

    /** Hands the text that the page shows back as a file; nothing is kept. */
    static Answer download(Visit visit) {
        String vendor = visit.asked().field("vendor");
        if (!vendor.matches(NAME)) {
            throw new RefusedException(400, "name is \"" + vendor + "\", expected small letters, digits and hyphens.");
        }
        return Answer.of(
                        "application/yaml; charset=utf-8",
                        visit.asked().field("text").replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8))
                .with("Content-Disposition", "attachment; filename=\"" + vendor + ".yaml\"");
    }

    /** As {@code posbridge vendor new}, which never writes over a profile; the running service is asked to read it. */
    Answer keep(Visit visit) {
        String reason = visit.reason();
        return DroppedFile.answer(visit, workplace, file -> {
            Wish wish = wish(visit);
            String text = text(wish, file);
            Path target = workplace.settings().folders().vendors().resolve(wish.vendor() + ".yaml");
            visit.audited(() -> {
                write(target, text);
                site.audit().note("vendor new", 1, wish.vendor() + ": " + reason);
                if (workplace.isServed()) {
                    workplace.requests().askToReload();
                }
                return null;
            });
            visit.session()
                    .tell("Wrote " + target + ". Verify what it could not know (VERIFY) in an editor."
                            + (workplace.isServed()
                                    ? " The running service was asked to read it; it makes the vendor's inbox."
                                    : " The next posbridge run reads it."));
            return Answer.see(PATH + "/" + wish.vendor());
        });
    }

    private static void write(Path target, String text) {
        try {
            Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw new RefusedException(409, target + ": is there already, and is never overwritten.", there);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    target + ": cannot be written (" + problem.getMessage() + "). Make the folder writable.", problem);
        }
    }

    private static String text(Wish wish, DroppedFile file) {
        return ProfileDraft.of(wish.vendor(), file.path(), wish.currency(), wish.zone(), wish.region());
    }

    private Wish wish(Visit visit) {
        Asked asked = visit.asked();
        String vendor = asked.field("vendor").strip();
        if (!vendor.matches(NAME)) {
            throw new RefusedException(
                    400,
                    "name is \"" + vendor + "\", expected small letters, digits and hyphens, such as corner-shop.");
        }
        Profiles profiles = workplace.profiles();
        if (profiles.names().contains(vendor)) {
            throw new RefusedException(
                    409,
                    "name is \"" + vendor + "\", and a profile of that name is there already. Choose another name.");
        }
        String region = asked.field("region").strip().toUpperCase(Locale.ROOT);
        if (!region.matches("[A-Z]{2}")) {
            throw new RefusedException(
                    400, "region is \"" + region + "\", expected the two letters of a country such as GB.");
        }
        return new Wish(
                vendor,
                currency(asked.field("currency").strip()),
                zone(asked.field("zone").strip()),
                region);
    }

    private static String currency(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT)).getCurrencyCode();
        } catch (IllegalArgumentException unknown) {
            throw new RefusedException(400, "currency is \"" + code + "\", expected an ISO code such as GBP.", unknown);
        }
    }

    private static String zone(String zone) {
        try {
            return ZoneId.of(zone).getId();
        } catch (DateTimeException unknown) {
            throw new RefusedException(
                    400, "time zone is \"" + zone + "\", expected one such as Europe/London.", unknown);
        }
    }

    private Answer page(Visit visit, Shown shown) {
        return Site.page(out -> JtenewvendorGenerated.render(
                out, null, site.frame(visit, "First profile", PATH), shown, visit, workplace.isServed()));
    }

    /** The draft as a file beside the sample, as long as it is tried. */
    private record DraftFile(Path path) implements AutoCloseable {
        static DraftFile of(String vendor, String text, DroppedFile beside) {
            Path path = beside.path().resolveSibling(vendor + ".yaml.draft");
            try {
                Files.write(path, text.getBytes(StandardCharsets.UTF_8));
                return new DraftFile(path);
            } catch (IOException problem) {
                throw new RefusedException(507, "The draft cannot be laid down: " + problem.getMessage(), problem);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException left) {
                throw new RefusedException(507, "The draft cannot be taken away: " + left.getMessage(), left);
            }
        }
    }
}
