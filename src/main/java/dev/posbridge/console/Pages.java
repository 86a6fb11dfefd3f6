package dev.posbridge.console;

import dev.posbridge.ledger.ReportBook;
import java.time.Instant;

/** Every page with its path and who may have it. */
final class Pages implements AutoCloseable {
    private final Routes routes = new Routes();
    private final FileFigures figures;
    private final Site site;
    private final Api api;
    private final ReconcilePage reconcile;
    private final ReportPage report;

    Pages(Workplace workplace, Site site) {
        this.site = site;
        this.figures = new FileFigures(new ReportBook(workplace.database()));
        ReportTurn reports = new ReportTurn();
        TonightPage tonight = new TonightPage(workplace, site, figures);
        DeadLettersPage dead = new DeadLettersPage(workplace, site);
        FilePage files = new FilePage(workplace, site, figures);
        CustomerPage customer = new CustomerPage(workplace, site);
        TracePage trace = new TracePage(workplace, site);
        HeldPage held = new HeldPage(workplace, site);
        this.report = new ReportPage(workplace, site, reports);
        AcceptPage accept = new AcceptPage(workplace, site);
        this.reconcile = new ReconcilePage(workplace, site);
        CorrectionsPage corrections = new CorrectionsPage(workplace, site);
        VendorsPage vendors = new VendorsPage(workplace, site);
        FirstProfilePage first = new FirstProfilePage(workplace, site);
        routes.get("/", Role.READ, tonight::page)
                .get("/tonight/live", Role.READ, tonight::live)
                .get(LiveEvents.PATH, Role.READ, tonight::events)
                .get("/dead-letters", Role.READ, dead::list)
                .post("/dead-letters/replay", Role.OPERATE, dead::replayMany)
                .post("/dead-letters/discard", Role.OPERATE, dead::discardMany)
                .get("/dead-letters/*", Role.READ, dead::show)
                .get("/dead-letters/*/mended", Role.READ, dead::mended)
                .post("/dead-letters/*/preview", Role.READ, dead::preview)
                .post("/dead-letters/*/replay", Role.OPERATE, dead::replay)
                .post("/dead-letters/*/discard", Role.OPERATE, dead::discard)
                .get("/files/*", Role.READ, files::file)
                .get("/records/*", Role.READ, files::record)
                .post("/records/*/customer", Role.READ, customer::ask)
                .get("/trace", Role.READ, trace::page)
                .get("/report", Role.READ, report::page)
                .get("/report.csv", Role.READ, report::csv)
                .get("/held", Role.READ, held::page)
                .post("/held/pause", Role.OPERATE, held::pause)
                .post("/held/resume", Role.OPERATE, held::resume)
                .post("/held/*/release", Role.OPERATE, held::release)
                .post("/held/*/reject", Role.OPERATE, held::reject)
                .get("/held/*/accept", Role.READ, accept::page)
                .post("/held/*/accept", Role.OPERATE, accept::accept)
                .get("/corrections", Role.READ, corrections::page)
                .post("/corrections", Role.OPERATE, corrections::correct)
                .post("/corrections/look", Role.OPERATE, corrections::look)
                .post("/corrections/with", Role.OPERATE, corrections::correctWith)
                .get("/reconcile", Role.READ, reconcile::page)
                .get("/reconcile/live", Role.READ, reconcile::live)
                .post("/reconcile", Role.OPERATE, reconcile::compare)
                .post("/reconcile/repair", Role.OPERATE, reconcile::repair)
                .get("/vendors", Role.READ, vendors::list)
                .get("/vendors/*", Role.READ, vendors::show)
                .post("/vendors/*/try", Role.READ, vendors::attempt)
                .get("/new-vendor", Role.OPERATE, first::form)
                .post("/new-vendor", Role.OPERATE, first::draft)
                .post("/new-vendor/download", Role.OPERATE, FirstProfilePage::download)
                .post("/new-vendor/keep", Role.ADMINISTER, first::keep)
                .post("/personal/show", Role.OPERATE, this::show)
                .post("/personal/hide", Role.OPERATE, Pages::hide);
        this.api = new Api(routes, workplace, site, figures, reports);
    }

    /** What programs may ask. */
    Api api() {
        return api;
    }

    Routes routes() {
        return routes;
    }

    private Answer show(Visit visit) {
        visit.showPersonal(site.audit(), visit.reason());
        visit.session().tell("Personal data are shown for ten minutes; the audit says who asked, and why.");
        return Answer.see("/");
    }

    private static Answer hide(Visit visit) {
        visit.session().showUntil(Instant.EPOCH);
        return Answer.see("/");
    }

    @Override
    public void close() {
        report.close();
        figures.close();
        reconcile.close();
    }
}
