using System.Diagnostics;
using MySqlConnector;

namespace Sigma.TestServers.Checks;

public sealed class DatabaseServerChecks
{
    [Fact]
    public async Task A_database_is_empty_when_created_and_gone_when_dropped()
    {
        await using var server = await DatabaseServer.Get();

        var connectionString = await server.CreateDatabase();
        var tables = await Query(connectionString, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()");
        await server.DropDatabase(connectionString);

        Assert.Equal(0L, tables);
        await Assert.ThrowsAsync<MySqlException>(() => Query(connectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_committed_row_survives_SIGKILL_of_the_server()
    {
        await using var server = await DatabaseServer.StartPrivate();
        var connectionString = await WithOneRow(server);
        var port = server.Port;
        var killed = server.ProcessId;

        await server.Kill();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(killed));
        await server.Restart();

        Assert.Equal(port, server.Port);
        Assert.NotEqual(killed, server.ProcessId);
        Assert.Equal("kept", await Query(connectionString, "SELECT word FROM words"));
    }

    [Fact]
    public async Task A_committed_row_survives_an_orderly_restart_of_the_server()
    {
        await using var server = await DatabaseServer.StartPrivate();
        var connectionString = await WithOneRow(server);

        await server.Restart();

        Assert.Equal("kept", await Query(connectionString, "SELECT word FROM words"));
    }

    [Fact]
    public async Task The_server_is_as_durable_as_a_production_one()
    {
        await using var server = await DatabaseServer.StartPrivate();
        var connectionString = await server.CreateDatabase();

        Assert.Equal("1", $"{await Query(connectionString, "SELECT @@innodb_flush_log_at_trx_commit")}");
        Assert.Equal($"{512L << 20}", $"{await Query(connectionString, "SELECT @@innodb_buffer_pool_size")}");
    }

    static async Task<string> WithOneRow(DatabaseServer server)
    {
        var connectionString = await server.CreateDatabase();
        await Query(connectionString, "CREATE TABLE words (word VARCHAR(20)) ENGINE = InnoDB");
        await Query(connectionString, "INSERT INTO words VALUES ('kept')");
        return connectionString;
    }

    static async Task<object?> Query(string connectionString, string statement)
    {
        await using var connection = new MySqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
