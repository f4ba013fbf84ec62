package io.usance.local;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A Postgres that somebody else runs, as {@code USANCE_POSTGRES_URL} names it.
 *
 * @param address host:port
 * @param user a superuser, or the owner of the database who may create roles
 */
record ForeignPostgres(String address, String database, String user, String password) {
    private static final int PORT = 5432;

    /** Reads {@code postgresql://user:password@host:port/database}; the port may be left out. */
    static ForeignPostgres parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw malformed();
        }
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!postgres
                || uri.getHost() == null
                || uri.getRawUserInfo() == null
                || uri.getPath().length() < 2) {
            throw malformed();
        }
        String[] credentials = uri.getRawUserInfo().split(":", 2);
        return new ForeignPostgres(
                uri.getHost() + ":" + (uri.getPort() < 0 ? PORT : uri.getPort()),
                uri.getPath().substring(1),
                decoded(credentials[0]),
                credentials.length == 2 ? decoded(credentials[1]) : "");
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + address + "/" + database;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Does not repeat what was given: it holds a password. */
    private static Refusal malformed() {
        return new Refusal("USANCE_POSTGRES_URL must look like postgresql://user:password@host:port/database.");
    }
}
