package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.ProfileHelp;
import dev.posbridge.vendor.Profiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /vendors}: how the files of each vendor are read, and what a file would come to. Nothing that is tried is stored. */
final class VendorsPage {
    private static final String PATH = "/vendors";

    private final Workplace workplace;
    private final Site site;
    private final HoldBook holds;

    /**
     * A vendor's profile in the list.
     *
     * @param profile null where it is broken
     * @param files what its files are called; "" for any
     * @param broken null where it is not
     */
    record Line(String vendor, Profile profile, String files, boolean verified, String broken) {}

    /**
     * A profile.
     *
     * @param known null where it is broken
     * @param held files of the vendor that wait for a person
     * @param tried what the file that somebody gave comes to; null where none did
     */
    record Shown(
            Line line,
            List<ProfileHelp.Line> text,
            HoldBook.Known known,
            List<Held> held,
            boolean served,
            Tried tried) {}

    VendorsPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.holds = new HoldBook(workplace.database());
    }

    Answer list(Visit visit) {
        Profiles profiles = workplace.profiles();
        Map<String, String> broken = new TreeMap<>(profiles.readAll());
        List<Line> lines = profiles.names().stream()
                .map(name -> line(profiles, name, broken.get(name)))
                .toList();
        return Site.page(out -> JtevendorsGenerated.render(out, null, site.frame(visit, "Vendors", PATH), lines));
    }

    private Line line(Profiles profiles, String vendor, String broken) {
        Profile profile = broken == null ? profiles.find(vendor).orElse(null) : null;
        return new Line(
                vendor, profile, profile == null ? "" : profile.fileNames(), !profiles.unverified(vendor), broken);
    }

    Answer show(Visit visit) {
        return page(visit, profiles(visit), null);
    }

    /** As {@code posbridge check --vendor V FILE}; the file is gone when the page is there. */
    Answer attempt(Visit visit) {
        Profiles profiles = profiles(visit);
        return DroppedFile.answer(
                visit,
                workplace,
                file -> page(visit, profiles, Tried.of(visit, workplace, profiles.named(visit.part(0)), file.path())));
    }

    private Profiles profiles(Visit visit) {
        Profiles profiles = workplace.profiles();
        if (!profiles.names().contains(visit.part(0))) {
            throw new RefusedException(404, "There is no profile of that name.");
        }
        return profiles;
    }

    private Answer page(Visit visit, Profiles profiles, Tried tried) {
        String vendor = visit.part(0);
        String broken = null;
        try {
            profiles.named(vendor);
        } catch (PosbridgeException problem) {
            broken = problem.getMessage();
        }
        Line line = line(profiles, vendor, broken);
        Shown shown = new Shown(
                line,
                ProfileHelp.of(profiles.text(vendor)),
                line.profile() == null
                        ? null
                        : holds.profile(vendor, line.profile().textHash()),
                holds.held().stream()
                        .filter(one -> one.vendor().equals(vendor))
                        .limit(20)
                        .toList(),
                workplace.isServed(),
                tried);
        return Site.page(out ->
                JtevendorGenerated.render(out, null, site.frame(visit, vendor, PATH), shown, visit, workplace.zone()));
    }
}
