package dev.posbridge.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of commands have in common: a shop whose refunds name their sales, in a folder of its own. */
abstract class WithShop {
    @TempDir
    Path home;

    Shop shop;

    @BeforeEach
    final void openShop() {
        shop = Shop.in(home, Shop.NAMED);
    }

    @AfterEach
    final void closeShop() {
        shop.close();
    }
}
