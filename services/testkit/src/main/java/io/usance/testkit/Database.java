package io.usance.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into the database past the services, for assertions. */
public final class Database {
    /** First column of every row of {@code sql}, as text. Tables need their schema's name: {@code catalog.meter}. */
    public static List<String> column(String sql, Object... parameters) {
        try (Connection connection = Platform.get().postgres().connect(Provisioning.DATABASE);
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The single value of {@code sql} as a number. */
    public static long count(String sql, Object... parameters) {
        return Long.parseLong(column(sql, parameters).getFirst());
    }

    /** Changes rows past the services; returns how many. */
    public static int update(String sql, Object... parameters) {
        try (Connection connection = Platform.get().postgres().connect(Provisioning.DATABASE);
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** A connection as the role of one service sees the database. */
    public static Connection as(String role) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + Platform.get().postgres().address() + "/" + Provisioning.DATABASE,
                role,
                Platform.ROLE_PASSWORD);
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private Database() {}
}
