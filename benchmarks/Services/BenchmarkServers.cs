using Dapper;
using Sigma.Storage;
using Sigma.TestServers;

namespace Sigma.Benchmarks.Services;

/// <summary>The broker and the database of this run.</summary>
internal sealed class BenchmarkServers(RabbitMqServer broker, DatabaseServer database) : IAsyncDisposable
{
    static readonly string[] Told = ["innodb_buffer_pool_size", "innodb_log_file_size", "innodb_redo_log_capacity", "innodb_flush_log_at_trx_commit"];

    public RabbitMqServer Broker => broker;
    public DatabaseServer Database => database;

    public static async Task<BenchmarkServers> Start(CancellationToken ct)
    {
        Progress.Say("Starting RabbitMQ and the database");
        var broker = await RabbitMqServer.Get(ct);
        try
        {
            return new BenchmarkServers(broker, await DatabaseServer.Get(ct));
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database's settings that matter most for speed.</summary>
    public async Task<string> Settings(CancellationToken ct)
    {
        var connectionString = await database.CreateDatabase(ct);
        await using (var connection = await new Database(Dialects.Of(StorageProvider.MySql), connectionString).Open(ct))
        {
            var values = await connection.QueryAsync<(string Name, string Value)>("show global variables where variable_name in @Told", new { Told });
            return string.Join(", ",
                values.Select(v => $"{v.Name} {(long.Parse(v.Value) is >= 1 << 20 and var bytes ? $"{bytes >> 20}M" : v.Value)}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await broker.DisposeAsync();
    }
}
