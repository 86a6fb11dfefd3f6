package dev.posbridge.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
    private static final String PAGE = "select n from number where n > ? order by n limit 2";

    private Connection connection;
    private Handle handle;

    @BeforeEach
    void open() throws Exception {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        KeptStatements statements = new KeptStatements();
        handle = Jdbi.create(connection)
                .setStatementBuilderFactory(any -> statements)
                .open();
        handle.execute("create table number (n integer primary key)");
        for (int n = 1; n <= 5; n++) {
            handle.execute("insert into number (n) values (?)", n);
        }
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void runsAStatementWithinItself() {
        List<String> pairs = new ArrayList<>();
        handle.select(PAGE, 2).mapTo(Integer.class).forEach(outer -> handle.select(PAGE, outer)
                .mapTo(Integer.class)
                .forEach(inner -> pairs.add(outer + "-" + inner)));

        assertThat(pairs).containsExactly("3-4", "3-5", "4-5");
    }

    @Test
    void forgetsWhatWasBoundAndWhatFailed() {
        assertThatThrownBy(() -> handle.execute("insert into number (n) values (?)", 5));
        assertThat(handle.execute("insert into number (n) values (?)", 6)).isEqualTo(1);
        assertThat(handle.select(PAGE, 4).mapTo(Integer.class).list()).containsExactly(5, 6);
    }

    @Test
    void leavesNothingOpenThatWouldKeepATransactionFromEnding() {
        handle.select(PAGE, 0).mapTo(Integer.class).findFirst();
        handle.begin();
        handle.select(PAGE, 0).mapTo(Integer.class).findFirst();
        handle.commit();
        handle.execute("drop table number");
        assertThat(handle.select("select count(*) from sqlite_master")
                        .mapTo(Integer.class)
                        .one())
                .isZero();
    }

    @Test
    void keepsAFewOnly() {
        for (int n = 0; n < 200; n++) {
            assertThat(handle.select("select " + n).mapTo(Integer.class).one()).isEqualTo(n);
        }
        assertThat(handle.select("select 0").mapTo(Integer.class).one()).isZero();
    }
}
